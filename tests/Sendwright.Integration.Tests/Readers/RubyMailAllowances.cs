namespace Sendwright.Integration.Tests.Readers;

/// <summary>What docs/reference/readers.md tells of Ruby's Mail, in the same order.</summary>
internal static class RubyMailAllowances
{
    public static IReadOnlyList<Allowance> All { get; } =
    [
        Allowance.LastLineEnd,
        Allowance.EmptyIsAbsent,
        new("it takes what follows a group for a part of it", (difference, sample) =>
            difference is { IsGroup: true, Meant: null } && sample.MailboxesBefore(difference).Any(mailbox => mailbox.Group is { } group && (group == WithoutQuotedPairs(difference.Read) || group + " " == difference.Read) || LocalPartIs(mailbox, difference.Read))),
        new("it leaves the backslash of a quoted pair in a group name", (difference, _) => difference is { IsGroup: true, Meant: { } meant } && meant == WithoutQuotedPairs(difference.Read)),
        new("it keeps the blank behind an encoded group name", (difference, _) => difference.IsGroup && difference.Read == difference.Meant + " "),
        new("it takes a quoted local part for the name of the next mailbox or group", (difference, sample) =>
            (difference.IsGroup || difference.IsMailboxName) && sample.MailboxesBefore(difference).Any(mailbox => LocalPartIs(mailbox, difference.Read))),
        new("it does not tell the place of a group without members", (difference, sample) => difference.IsOfMailbox && sample.ListOf(difference) is { Count: > 1 } list && list.Any(mailbox => mailbox.Address is null)),
        new("it takes a text of line ends only for empty", (difference, _) => difference is { IsBody: true, Read: "", Meant: { } meant } && meant.Trim('\n').Length == 0),
        new("it decodes encoded-words in file names", (difference, _) => difference.IsFileName && EncodedWords.Decoded(difference.Meant!) == difference.Read),
        new("it leaves the backslash of a quoted pair in a parameter", (difference, _) =>
            difference.IsParameter && difference.Meant == WithoutQuotedPairs(difference.Read)),
    ];

    private static bool LocalPartIs(ReadMailbox mailbox, string? read) =>
        mailbox.Address is ['"', ..] address && (MeantMessage.Unquoted(address[..(address.LastIndexOf('"') + 1)]) == read || address[1..address.LastIndexOf('"')] == read);

    private static string? WithoutQuotedPairs(string? text) => text is null ? null : MeantMessage.Unquoted($"\"{text}\"");
}
