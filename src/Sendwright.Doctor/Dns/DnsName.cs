using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Sendwright.Doctor.Dns;

/// <summary>A name as it is asked for: A-labels, no final dot, at most 253 characters.</summary>
internal readonly record struct DnsName
{
    // RFC 1035, 2.3.4: 255 octets on the wire, of which one is the first length octet and one the root's.
    private const int MaxTextLength = 253;
    private const int MaxLabelLength = 63;

    // What a pasted URL, address or port leaves behind. An underscore is fine: SRV and DKIM names have it.
    private static readonly SearchValues<char> NeverInNames = SearchValues.Create(" \t\r\n\0/\\:@");

    private static readonly IdnMapping Idn = new() { UseStd3AsciiRules = false };

    private DnsName(string text) => Text = text;

    /// <summary>The A-labels, joined by dots.</summary>
    public string Text { get; }

    /// <summary>Turns what a person wrote into a name that can be asked for; <paramref name="problem"/> says why it cannot be one.</summary>
    public static bool TryParse(string text, out DnsName name, [NotNullWhen(false)] out string? problem)
    {
        name = default;
        problem = null;
        var trimmed = text.EndsWith('.') ? text[..^1] : text;
        if (trimmed.Length == 0)
            problem = "a name needs at least one label";
        else if (trimmed.AsSpan().IndexOfAny(NeverInNames) is var at && at >= 0)
            problem = trimmed[at] is ' ' or '\t' ? "a blank cannot be part of a name" : $"'{Printable(trimmed[at])}' cannot be part of a name";
        else if (!TryToAscii(trimmed, out var ascii))
            problem = "it cannot be written in A-labels (RFC 5890)";
        else if (ascii.Length > MaxTextLength)
            problem = "a name has at most 253 characters";
        else if (Array.Find(ascii.Split('.'), label => label.Length is 0 or > MaxLabelLength) is { } label)
            problem = label.Length == 0 ? "two dots stand side by side" : "a label has at most 63 characters";
        else
            name = new DnsName(ascii);
        return problem is null;
    }

    /// <summary>Whether a name read from a message is this one; DNS does not tell capitals apart (RFC 4343).</summary>
    public bool Matches(string other) => Text.Equals(other, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc />
    public override string ToString() => Text;

    private static string Printable(char c) => char.IsControl(c) ? string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}") : c.ToString();

    private static bool TryToAscii(string text, [NotNullWhen(true)] out string? ascii)
    {
        ascii = null;
        if (System.Text.Ascii.IsValid(text))
        {
            ascii = text;
            return true;
        }

        try
        {
            // RFC 5895, 2: lower-case before mapping. The three ideographic full stops separate labels too.
            var mapped = text.Normalize().ToLowerInvariant().Replace('\u3002', '.').Replace('\uff0e', '.').Replace('\uff61', '.');
            ascii = Idn.GetAscii(mapped);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
