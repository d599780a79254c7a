using System.Globalization;
using System.Text;

namespace Sendwright.Messages.Calendar;

/// <summary>Writes the content lines of RFC 5545, 3.1.</summary>
internal sealed class ICalendarText
{
    /// <summary>"Lines of text SHOULD NOT be longer than 75 octets, excluding the line break."</summary>
    private const int MaxLineOctets = 75;

    private readonly StringBuilder _text = new();

    /// <summary>Refuses what an identifier cannot hold.</summary>
    /// <exception cref="ArgumentException">It holds a control character, or is empty.</exception>
    public static string Check(string property, string? value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value, property);
        FieldCharacters.Check(property, value);
        for (var index = 0; index < value.Length; index++)
        {
            if (char.IsControl(value[index]))
                throw new ArgumentException(FieldCharacters.Describe(property, value, index, "which no calendar's identifier may hold. Take it out."));
        }

        return value;
    }

    /// <summary>Refuses what no text can hold. Line breaks are part of a text there: they are escaped.</summary>
    /// <exception cref="ArgumentException">It holds half of a surrogate pair.</exception>
    public static string CheckText(string property, string? value)
    {
        ArgumentNullException.ThrowIfNull(value, property);
        var index = FieldCharacters.IndexOfLoneSurrogate(value);
        return index < 0 ? value : throw new ArgumentException(FieldCharacters.Describe(property, value, index, "which is no whole character. Give text that is valid Unicode."));
    }

    /// <summary>A line as it is, name, parameters and value.</summary>
    public void Line(string line)
    {
        var octets = 0;
        foreach (var rune in line.EnumerateRunes())
        {
            if (octets + rune.Utf8SequenceLength > MaxLineOctets)
            {
                _text.Append("\r\n ");
                octets = 1;
            }

            _text.Append(rune);
            octets += rune.Utf8SequenceLength;
        }

        _text.Append("\r\n");
    }

    /// <summary>A property whose value is text (3.3.11).</summary>
    public void Text(string name, string value) => Line($"{name}:{Escape(value)}");

    /// <summary>A property whose value is a moment, in UTC (3.3.5).</summary>
    public void Moment(string name, DateTimeOffset value) => Line(string.Create(CultureInfo.InvariantCulture, $"{name}:{value.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}"));

    /// <summary>A property whose value is an address (3.3.3).</summary>
    public void Address(string nameAndParameters, EmailAddress address) =>
        Line($"{nameAndParameters}{(address.Name is { } name ? $";CN={Parameter(name)}" : "")}:mailto:{Uri(address)}");

    /// <summary>All lines.</summary>
    public override string ToString() => _text.ToString();

    // 3.1: a parameter's value in quotes may hold anything but quotes and controls; RFC 6868 has a form for those.
    private static string Parameter(string value)
    {
        var quoted = new StringBuilder("\"");
        foreach (var character in value)
        {
            _ = character switch
            {
                '^' => quoted.Append("^^"),
                '"' => quoted.Append("^'"),
                _ when char.IsControl(character) => quoted.Append(' '),
                _ => quoted.Append(character),
            };
        }

        return quoted.Append('"').ToString();
    }

    private static string Escape(string value)
    {
        var escaped = new StringBuilder(value.Length);
        for (var index = 0; index < value.Length; index++)
        {
            _ = value[index] switch
            {
                '\\' or ';' or ',' => escaped.Append('\\').Append(value[index]),
                '\r' when index + 1 < value.Length && value[index + 1] == '\n' => escaped,
                '\r' or '\n' => escaped.Append("\\n"),
                '\t' => escaped.Append('\t'),
                _ when char.IsControl(value[index]) => escaped.Append(' '),
                _ => escaped.Append(value[index]),
            };
        }

        return escaped.ToString();
    }

    // RFC 6068, 2: what has a meaning in a URI is written as its octets.
    private static string Uri(EmailAddress address) =>
        $"{System.Uri.EscapeDataString(address.LocalPart)}@{(address.NeedsSmtpUtf8 ? System.Uri.EscapeDataString(address.Domain) : address.AsciiDomain)}";
}
