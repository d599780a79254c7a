using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Sendwright.Doctor.Dns;

/// <summary>Reads the parts of a DNS message. Every read is bounds-checked and says whether it worked; nothing a peer sends makes it throw or loop.</summary>
internal ref struct DnsReader(ReadOnlySpan<byte> message)
{
    private const int MaxNameOctets = 255;

    // A name has 127 labels at most, so no honest one needs more; a message of nothing but pointers would otherwise cost its size squared.
    private const int MaxPointers = 127;

    private readonly ReadOnlySpan<byte> _message = message;

    public int Position { get; private set; }

    public bool TryReadUInt16(out ushort value)
    {
        value = 0;
        if (_message.Length - Position < 2)
            return false;
        value = BinaryPrimitives.ReadUInt16BigEndian(_message[Position..]);
        Position += 2;
        return true;
    }

    public bool TryReadUInt32(out uint value)
    {
        value = 0;
        if (_message.Length - Position < 4)
            return false;
        value = BinaryPrimitives.ReadUInt32BigEndian(_message[Position..]);
        Position += 4;
        return true;
    }

    public bool TryReadBytes(int length, out ReadOnlySpan<byte> bytes)
    {
        bytes = default;
        if (_message.Length - Position < length)
            return false;
        bytes = _message.Slice(Position, length);
        Position += length;
        return true;
    }

    /// <summary>
    /// Reads a name, following compression pointers (RFC 1035, 4.1.4: "a pointer to a prior occurance of the same name"). Each pointer must lead in front of
    /// where the last one led, so a message can neither loop nor point forward.
    /// </summary>
    public bool TryReadName(out string name)
    {
        name = "";
        var text = new StringBuilder();
        var at = Position;
        var end = -1;
        var limit = Position;
        var octets = 1;
        var pointers = 0;
        while (true)
        {
            if (at >= _message.Length)
                return false;
            int length = _message[at];
            if (length == 0)
            {
                Position = end < 0 ? at + 1 : end;
                name = text.ToString();
                return true;
            }

            if ((length & 0xC0) == 0xC0)
            {
                if (at + 1 >= _message.Length)
                    return false;
                var target = ((length & 0x3F) << 8) | _message[at + 1];
                if (target >= limit || ++pointers > MaxPointers)
                    return false;
                if (end < 0)
                    end = at + 2;
                at = limit = target;
                continue;
            }

            // 01 and 10 in the two upper bits were never given a meaning that lives (RFC 6891, 5).
            octets += length + 1;
            if (length > 63 || octets > MaxNameOctets || _message.Length - at <= length)
                return false;
            AppendLabel(text, _message.Slice(at + 1, length));
            at += length + 1;
        }
    }

    // RFC 4343, 2.1: an octet that is no visible character, a dot inside a label and the backslash itself are escaped, so different names never read alike.
    private static void AppendLabel(StringBuilder text, ReadOnlySpan<byte> label)
    {
        if (text.Length > 0)
            text.Append('.');
        foreach (var octet in label)
        {
            if (octet is (byte)'.' or (byte)'\\')
                text.Append('\\').Append((char)octet);
            else if (octet is > 0x20 and < 0x7F)
                text.Append((char)octet);
            else
                text.Append(CultureInfo.InvariantCulture, $"\\{octet:000}");
        }
    }
}
