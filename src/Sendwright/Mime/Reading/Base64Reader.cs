using System.Buffers;
using System.Buffers.Text;

namespace Sendwright.Mime.Reading;

/// <summary>Base64 of RFC 2045, 6.8, as generously as it demands of readers.</summary>
internal static class Base64Reader
{
    private const byte NotInAlphabet = 255;

    private static readonly byte[] Values = MakeValues();

    /// <summary>Decodes it. "All line breaks or other characters not found in Table 1 must be ignored", and padding ends it.</summary>
    public static ReadOnlyMemory<byte> Decode(ReadOnlySpan<byte> encoded)
    {
        var decoded = new byte[(encoded.Length / 4 * 3) + 3];
        return Base64.DecodeFromUtf8(encoded, decoded, out _, out var written) == OperationStatus.Done
            ? decoded.AsMemory(0, written)
            : decoded.AsMemory(0, DecodeAnything(encoded, decoded));
    }

    private static int DecodeAnything(ReadOnlySpan<byte> encoded, Span<byte> decoded)
    {
        var (bits, count, written) = (0, 0, 0);
        foreach (var octet in encoded)
        {
            if (octet == '=')
                break;
            var value = Values[octet];
            if (value == NotInAlphabet)
                continue;
            bits = ((bits << 6) | value) & 0xFFF;
            count += 6;
            if (count < 8)
                continue;
            count -= 8;
            decoded[written++] = (byte)(bits >> count);
        }

        return written;
    }

    private static byte[] MakeValues()
    {
        var values = new byte[256];
        Array.Fill(values, NotInAlphabet);
        var alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"u8;
        for (var index = 0; index < alphabet.Length; index++)
            values[alphabet[index]] = (byte)index;
        return values;
    }
}
