using System.Buffers;
using System.Globalization;
using Sendwright.Smtp.Wire;

namespace Sendwright.SmtpServer;

/// <summary>A reply as octets, whatever its text holds.</summary>
internal static class SmtpReplyOctets
{
    private const int MaxLineOctets = 512; // RFC 5321, 4.5.3.1.5

    /// <summary>Writes the reply; characters that are no visible ASCII become <c>?</c>, since a hook's text must not become a second reply.</summary>
    public static void WriteTo(this SmtpReply reply, IBufferWriter<byte> output)
    {
        for (var i = 0; i < reply.Lines.Count; i++)
        {
            // Not SmtpReply.WireLines: those have no trailing blank, and a challenge is "334" SP even if nothing follows (RFC 4954, 4).
            var line = string.Create(CultureInfo.InvariantCulture, $"{reply.Code}{(i < reply.Lines.Count - 1 ? '-' : ' ')}{reply.Lines[i]}");
            var length = Math.Min(line.Length, MaxLineOctets - 2);
            var span = output.GetSpan(length + 2);
            for (var at = 0; at < length; at++)
                span[at] = line[at] is >= ' ' and <= '~' ? (byte)line[at] : (byte)'?';
            span[length] = (byte)'\r';
            span[length + 1] = (byte)'\n';
            output.Advance(length + 2);
        }
    }

    /// <summary>The reply as octets of its own.</summary>
    public static ReadOnlyMemory<byte> ToOctets(this SmtpReply reply)
    {
        var output = new ArrayBufferWriter<byte>();
        reply.WriteTo(output);
        return output.WrittenMemory;
    }
}
