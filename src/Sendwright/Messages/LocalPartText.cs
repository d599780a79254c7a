using System.Buffers;
using System.Text;

namespace Sendwright.Messages;

/// <summary>
/// The text of a local part and its form with the fewest quotes. "A sending system SHOULD transmit the form that uses the minimum quoting possible" (RFC 5321, 4.1.2): to a
/// server <c>"ann"@example.com</c> is ann@example.com.
/// </summary>
internal static class LocalPartText
{
    private static readonly SearchValues<char> NotInAtoms = SearchValues.Create(" \"(),:;<>@[\\]");

    /// <summary>Writes a local part as a dot-atom where it is one, else in quotes.</summary>
    public static string Write(string text)
    {
        // Two dots in a row, or one at an end, are legal only in quotes.
        if (text.Length > 0 && text[0] != '.' && text[^1] != '.' && !text.Contains("..", StringComparison.Ordinal) && !text.AsSpan().ContainsAny(NotInAtoms))
            return text;
        return $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
    }

    /// <summary>What a string between quotes says: each backslash only makes the next character stand for itself.</summary>
    public static StringBuilder AppendUnquoted(this StringBuilder target, ReadOnlySpan<char> inside)
    {
        while (inside.IndexOf('\\') is var backslash and >= 0 && backslash + 1 < inside.Length)
        {
            target.Append(inside[..backslash]).Append(inside[backslash + 1]);
            inside = inside[(backslash + 2)..];
        }

        return target.Append(inside);
    }
}
