using System.Globalization;

namespace Sendwright.Smtp.Wire;

/// <summary>An enhanced status code such as <c>5.7.8</c> (RFC 3463, RFC 2034).</summary>
/// <param name="Class">2 success, 4 persistent transient, 5 permanent.</param>
/// <param name="Subject">0 to 999.</param>
/// <param name="Detail">0 to 999.</param>
public readonly record struct EnhancedStatusCode(int Class, int Subject, int Detail)
{
    /// <summary>Reads <c>class "." subject "." detail</c> at the start of a reply's text; a blank or the end must follow.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out EnhancedStatusCode code, out int length)
    {
        code = default;
        length = 0;
        if (text.Length < 5 || text[0] is not ('2' or '4' or '5') || text[1] != '.')
            return false;
        var position = 2;
        if (!TryNumber(text, ref position, out var subject) || position >= text.Length || text[position] != '.')
            return false;
        position++;
        if (!TryNumber(text, ref position, out var detail))
            return false;
        if (position < text.Length && text[position] is not (' ' or '\t' or ':' or ',' or ';'))
            return false;
        code = new EnhancedStatusCode(text[0] - '0', subject, detail);
        length = position;
        return true;
    }

    /// <inheritdoc />
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Class}.{Subject}.{Detail}");

    private static bool TryNumber(ReadOnlySpan<char> text, ref int position, out int number)
    {
        number = 0;
        var start = position;
        while (position < text.Length && position - start < 3 && char.IsAsciiDigit(text[position]))
            number = number * 10 + (text[position++] - '0');
        return position > start;
    }
}
