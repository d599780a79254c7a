namespace Sendwright.Integration.Tests.Readers;

/// <summary>What docs/reference/readers.md tells of Perl's Email::MIME, in the same order.</summary>
internal static class EmailMimeAllowances
{
    public static IReadOnlyList<Allowance> All { get; } =
    [
        Allowance.LastLineEnd,
        new("it makes one blank of two where a line is folded", (difference, _) =>
            difference is { HeaderName: not null } or { Field: "Subject" } && difference.Meant?.Replace("  ", " ", StringComparison.Ordinal) == difference.Read?.Replace("  ", " ", StringComparison.Ordinal)),
    ];
}
