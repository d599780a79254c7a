namespace Sendwright.Integration.Tests.Readers;

/// <summary>What docs/reference/readers.md tells of Perl's Email::MIME, in the same order.</summary>
internal static class EmailMimeAllowances
{
    public static IReadOnlyList<Allowance> All { get; } =
    [
        Allowance.LastLineEnd,
        Allowance.NoOffset,
    ];
}
