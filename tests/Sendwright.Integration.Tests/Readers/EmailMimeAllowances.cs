using System.Text;

namespace Sendwright.Integration.Tests.Readers;

/// <summary>What docs/reference/readers.md tells of Perl's Email::MIME, in the same order.</summary>
internal static class EmailMimeAllowances
{
    public static IReadOnlyList<Allowance> All { get; } =
    [
        Allowance.LastLineEnd,
        Allowance.NoOffset,
        new("it does not read a file name in UTF-8 without encoding", (difference, sample) =>
            difference is { IsFileName: true, Read: null } && sample.Octets.AsSpan().IndexOf(Encoding.UTF8.GetBytes($"filename=\"{difference.Meant}\"")) >= 0 && !Ascii.IsValid(difference.Meant)),
    ];
}
