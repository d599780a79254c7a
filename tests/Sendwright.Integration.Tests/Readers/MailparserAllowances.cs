namespace Sendwright.Integration.Tests.Readers;

/// <summary>What docs/reference/readers.md tells of mailparser, in the same order.</summary>
internal static class MailparserAllowances
{
    public static IReadOnlyList<Allowance> All { get; } =
    [
        Allowance.LastLineEnd,
        Allowance.EmptyIsAbsent,
        new("it shows an empty text as an empty line", (difference, _) => difference is { IsBody: true, Meant: "", Read: "\n" }),
        new("it shows domains in Unicode", (difference, _) =>
            difference.IsAddress && EmailAddress.TryParse(difference.Read, out var read) && $"{read.LocalPart}@{read.AsciiDomain}" == difference.Meant),
        Allowance.InlineTextIsBody,
        new("it shows a message that is inline as a part of the body", (difference, sample) =>
            sample.MessageOf(difference).Attachments is [{ Disposition: "inline", ContentType: "message/rfc822" }] && (difference.Field is "Text" or "Html" || difference.Field.StartsWith("Attachments[0]", StringComparison.Ordinal))
            || (difference.Path == "Attachments[0].Message." && difference.Read is null && sample.Meant.Attachments is [{ Disposition: "inline" }])),
        Allowance.AddressIsNoName,
        Allowance.NoOffset,
        new("it guesses the type of a file of no known type by its name", (difference, _) =>
            difference.Field.EndsWith("].ContentType", StringComparison.Ordinal) && difference.Meant == "application/octet-stream"),
    ];
}
