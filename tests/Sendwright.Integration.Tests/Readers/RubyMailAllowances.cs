namespace Sendwright.Integration.Tests.Readers;

/// <summary>What docs/reference/readers.md tells of Ruby's Mail, in the same order.</summary>
internal static class RubyMailAllowances
{
    public static IReadOnlyList<Allowance> All { get; } =
    [
        Allowance.LastLineEnd,
        Allowance.EmptyIsAbsent,
        new("it takes a text of line ends only for empty", (difference, _) => difference is { Field: "Text" or "Html", Read: "" } && difference.Meant!.Trim('\n').Length == 0),
        new("it decodes encoded-words in file names", (difference, _) => difference.IsFileName && EncodedWords.Decoded(difference.Meant!) == difference.Read),
        new("it leaves the backslash of a quoted pair in a parameter", (difference, _) =>
            difference.Field.Contains("].Parameters.", StringComparison.Ordinal) && difference.Meant == difference.Read?.Replace("\\\"", "\"", StringComparison.Ordinal)),
    ];
}
