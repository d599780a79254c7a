using Sendwright.Messages;

namespace Sendwright.Settings;

/// <summary>
/// Texts of which one must fit, parted by commas; <c>*</c> in one stands for any number of any characters. Case does not count. Two are equal where their texts are.
/// </summary>
internal sealed class Wildcards : IEquatable<Wildcards>
{
    /// <summary>More than anybody writes into a setting; matching is bounded by it.</summary>
    private const int LongestText = 4000;

    private readonly string _text;
    private readonly string[] _patterns;

    private Wildcards(string text, string[] patterns)
    {
        _text = text;
        _patterns = patterns;
    }

    /// <summary>Patterns of addresses, such as <c>*@example.com</c>; <c>&lt;&gt;</c> is the empty sender.</summary>
    /// <exception cref="ArgumentException">One of them can fit no address. The last sentence is the fix.</exception>
    public static Wildcards OfAddresses(string text) => Read(text, pattern =>
        pattern == "<>" ? pattern
        : pattern.LastIndexOf('@') is var at and > 0 && Domain(pattern[(at + 1)..]) is { } domain ? pattern[..(at + 1)] + domain
        : throw new ArgumentException($"\"{pattern}\" fits no address. Write it as name@example.com or *@example.com, or as <> for the empty sender."));

    /// <summary>Patterns of domains, such as <c>*.example.com</c>.</summary>
    /// <exception cref="ArgumentException">One of them can fit no domain. The last sentence is the fix.</exception>
    public static Wildcards OfDomains(string text) => Read(text, pattern =>
        Domain(pattern) ?? throw new ArgumentException($"\"{pattern}\" fits no domain. Write it as example.com, or as *.example.com for what lies beneath it."));

    /// <summary>Whether one of them fits.</summary>
    public bool Fit(string value) => Array.Exists(_patterns, pattern => Fits(pattern, value));

    public bool Equals(Wildcards? other) => other is not null && _text == other._text;

    public override bool Equals(object? obj) => Equals(obj as Wildcards);

    public override int GetHashCode() => _text.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => _text;

    private static Wildcards Read(string text, Func<string, string> read)
    {
        if (text.Length > LongestText)
            throw new ArgumentException($"It has {text.Length} characters. Shorten it to {LongestText} at most.");
        if (text.Any(char.IsControl))
            throw new ArgumentException("It has a control character in it. Write it anew, without the character.");
        return new Wildcards(text, [.. text.Split(',', StringSplitOptions.TrimEntries).Select(read)]);
    }

    // Addresses are compared in the form that is sent, so a pattern with other letters is brought into it, label by label.
    private static string? Domain(string domain)
    {
        if (domain.Length == 0 || domain.Any(c => char.IsWhiteSpace(c) || c is '@' or '<' or '>' or '"'))
            return null;
        var labels = domain.Split('.');
        for (var i = 0; i < labels.Length; i++)
        {
            if (labels[i].Length == 0)
                return null;
            if (labels[i].All(char.IsAscii))
                continue;
            if (labels[i].Contains('*', StringComparison.Ordinal) || InternationalDomain.ToAscii(labels[i]) is not { } ascii)
                return null;
            labels[i] = ascii;
        }

        return string.Join('.', labels);
    }

    // Greedy, with a step back to the last star only: the earliest fit of what stands between two stars is as good as any later one.
    private static bool Fits(string pattern, string value)
    {
        var (p, v, star, resume) = (0, 0, -1, 0);
        while (v < value.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
                (star, resume) = (p++, v);
            else if (p < pattern.Length && char.ToLowerInvariant(pattern[p]) == char.ToLowerInvariant(value[v]))
                (p, v) = (p + 1, v + 1);
            else if (star >= 0)
                (p, v) = (star + 1, ++resume);
            else
                return false;
        }

        return pattern.AsSpan(p).Trim('*').IsEmpty;
    }
}
