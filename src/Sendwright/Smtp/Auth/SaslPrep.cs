using System.Buffers;
using System.Text;

namespace Sendwright.Smtp.Auth;

/// <summary>
/// SASLprep (RFC 4013) as far as a client needs it: blanks of any kind become the ASCII one, what is not shown disappears, NFKC, and what is prohibited is refused.
/// Left out are the rules for text that runs both ways (RFC 3454, 6) and the refusal of characters younger than Unicode 3.2, by which a server could only know fewer passwords.
/// </summary>
/// <remarks>
/// A runtime without ICU normalises nothing. There only text is prepared that NFKC would leave alone for certain: ASCII and the whole letters of the living scripts that
/// keyboards have. Whatever else cannot be prepared goes by a mechanism that carries a password as it is.
/// </remarks>
internal static class SaslPrep
{
    // First and last of each range, by code points in hexadecimal.
    private static readonly int[] Blanks = [0x00A0, 0x00A0, 0x1680, 0x1680, 0x2000, 0x200B, 0x202F, 0x202F, 0x205F, 0x205F, 0x3000, 0x3000]; // RFC 3454, C.1.2

    private static readonly int[] Dropped = [0x00AD, 0x00AD, 0x034F, 0x034F, 0x1806, 0x1806, 0x180B, 0x180D, 0x200C, 0x200D, 0x2060, 0x2060, 0xFE00, 0xFE0F, 0xFEFF, 0xFEFF]; // B.1

    private static readonly int[] Prohibited =
    [
        0x0000, 0x001F, 0x007F, 0x009F, 0x06DD, 0x06DD, 0x070F, 0x070F, 0x180E, 0x180E, 0x2028, 0x2029, 0x2061, 0x2063, 0x206A, 0x206F, 0xFFF9, 0xFFFC, 0x1D173, 0x1D17A, // C.2
        0xE000, 0xF8FF, 0xF0000, 0xFFFFD, 0x100000, 0x10FFFD, // C.3: private use
        0xFDD0, 0xFDEF, // C.4: no characters; those at the end of each plane are told by arithmetic
        0xFFFD, 0xFFFD, 0x2FF0, 0x2FFB, // C.6 and C.7
        0x0340, 0x0341, 0x200E, 0x200F, 0x202A, 0x202E, // C.8
        0xE0001, 0xE0001, 0xE0020, 0xE007F, // C.9
    ];

    /// <summary>What NFKC leaves as it is, whatever stands beside it.</summary>
    private static readonly int[] Inert =
    [
        0x0020, 0x007E, 0x00A1, 0x00A7, 0x00A9, 0x00A9, 0x00AB, 0x00AC, 0x00AE, 0x00AE, 0x00B0, 0x00B1, 0x00B6, 0x00B7, 0x00BB, 0x00BB, 0x00BF, 0x0131, 0x0134, 0x013E, 0x0141, 0x0148,
        0x014A, 0x017E, 0x0388, 0x038A, 0x038C, 0x038C, 0x038E, 0x03A1, 0x03A3, 0x03CE, 0x0400, 0x0482, 0x048A, 0x052F, 0x05D0, 0x05EA, 0x0621, 0x063A, 0x0641, 0x064A,
        0x20AC, 0x20AC, 0x3041, 0x3096, 0x30A1, 0x30FA, 0x30FC, 0x30FC, 0x3400, 0x4DBF, 0x4E00, 0x9FFF, 0xAC00, 0xD7A3,
    ];

    private static readonly bool IsNormalizedByRuntime = "\uFB01".Normalize(NormalizationForm.FormKC) == "fi";

    private static readonly SearchValues<char> Printable = SearchValues.Create(" !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~");

    /// <summary>The text as it goes into a SCRAM message; null where it holds what is prohibited, or cannot be normalised here.</summary>
    public static string? Prepare(string text) => text.AsSpan().ContainsAnyExcept(Printable) ? Prepare(text, IsNormalizedByRuntime) : text;

    /// <summary>The same, with or without the tables of ICU.</summary>
    internal static string? Prepare(string text, bool canNormalize)
    {
        var mapped = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (IsIn(Blanks, rune.Value))
                mapped.Append(' ');
            else if (!IsIn(Dropped, rune.Value))
                mapped.Append(rune.ToString());
        }

        // Half of a surrogate pair has become U+FFFD by now, which is prohibited.
        var result = mapped.ToString();
        if (canNormalize && !result.Contains('\uFFFD', StringComparison.Ordinal))
            result = result.Normalize(NormalizationForm.FormKC);
        foreach (var rune in result.EnumerateRunes())
        {
            if (IsIn(Prohibited, rune.Value) || (rune.Value & 0xFFFE) == 0xFFFE || (!canNormalize && !IsIn(Inert, rune.Value)))
                return null;
        }

        return result;
    }

    private static bool IsIn(int[] ranges, int codePoint)
    {
        for (var index = 0; index < ranges.Length; index += 2)
        {
            if (codePoint >= ranges[index] && codePoint <= ranges[index + 1])
                return true;
        }

        return false;
    }
}
