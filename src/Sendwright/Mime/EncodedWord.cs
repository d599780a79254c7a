using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace Sendwright.Mime;

/// <summary>
/// Text in a header as encoded-words (RFC 2047), in UTF-8, Q or B by which is shorter. "The 'encoded-word' must be self-contained" (5): a character is never divided between
/// two of them.
/// </summary>
internal static class EncodedWord
{
    /// <summary>RFC 2047, 2: "An 'encoded-word' may not be more than 75 characters long".</summary>
    private const int MaxLength = 75;

    private const int Brackets = 12; // =?utf-8?Q? and ?=

    /// <summary>A word with less room than one character of four octets needs in Q, behind its blank, starts on the next line.</summary>
    private const int LeastRoom = 1 + Brackets + 12;

    /// <summary>What stands for itself in Q everywhere, a phrase included (RFC 2047, 5 (3)).</summary>
    private static readonly SearchValues<char> QLiteral = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!*+-/");

    /// <summary>Writes a text, which is not empty and valid Unicode, as one or more encoded-words.</summary>
    public static void Write(ref HeaderWriter writer, ReadOnlySpan<char> text)
    {
        var octets = Encoding.UTF8.GetByteCount(text);
        var q = QLength(text);
        var b = Base64.GetMaxEncodedToUtf8Length(octets);
        var useB = b < q;
        var whole = Brackets + (useB ? b : q);
        while (true)
        {
            // A rest that fits on a line of its own is not divided to fill this one.
            if (writer.Room < LeastRoom || (!writer.IsAtStartOfValue && whole <= MaxLength && writer.Room < 1 + whole))
                writer.Fold();
            else
                writer.StartToken(0);
            var capacity = Math.Min(MaxLength, writer.Room) - Brackets;
            var taken = useB ? WriteB(ref writer, text, capacity) : WriteQ(ref writer, text, capacity);
            text = text[taken..];
            if (text.IsEmpty)
                return;
            // More characters than a word holds need no counting, so a text of any length is gone through once.
            whole = text.Length > MaxLength ? int.MaxValue : Brackets + (useB ? Base64.GetMaxEncodedToUtf8Length(Encoding.UTF8.GetByteCount(text)) : QLength(text));
        }
    }

    private static int WriteB(ref HeaderWriter writer, ReadOnlySpan<char> text, int capacity)
    {
        Span<byte> octets = stackalloc byte[MaxLength];
        // Three octets become four characters; a last group of one or two becomes four as well.
        _ = System.Text.Unicode.Utf8.FromUtf16(text, octets[..(capacity / 4 * 3)], out var taken, out var count);
        writer.Append("=?utf-8?B?"u8);
        Base64.EncodeToUtf8(octets[..count], writer.Free(MaxLength), out _, out var written);
        writer.Advance(written);
        writer.Append("?="u8);
        return taken;
    }

    private static int WriteQ(ref HeaderWriter writer, ReadOnlySpan<char> text, int capacity)
    {
        writer.Append("=?utf-8?Q?"u8);
        var free = writer.Free(MaxLength);
        Span<byte> octets = stackalloc byte[4];
        var (taken, written) = (0, 0);
        while (taken < text.Length)
        {
            var character = text[taken];
            if (character == ' ' || QLiteral.Contains(character))
            {
                if (written == capacity)
                    break;
                free[written++] = character == ' ' ? (byte)'_' : (byte)character;
                taken++;
                continue;
            }

            _ = Rune.DecodeFromUtf16(text[taken..], out var rune, out var units);
            var count = rune.EncodeToUtf8(octets);
            if (written + (3 * count) > capacity)
                break;
            foreach (var octet in octets[..count])
                written += HexEscape.Write(octet, free[written..]);
            taken += units;
        }

        writer.Advance(written);
        writer.Append("?="u8);
        return taken;
    }

    private static int QLength(ReadOnlySpan<char> text)
    {
        var length = 0;
        foreach (var character in text)
        {
            length += character switch
            {
                ' ' => 1,
                _ when QLiteral.Contains(character) => 1,
                < '\x80' => 3,
                < '\x800' => 6,
                _ when char.IsSurrogate(character) => 6, // half of four octets
                _ => 9,
            };
        }

        return length;
    }
}
