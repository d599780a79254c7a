using System.Text;

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
        new("it takes a text of white space only for empty", (difference, _) => difference is { IsBody: true, Read: "", Meant: { } meant } && string.IsNullOrWhiteSpace(meant)),
        new("it takes a file of white space only for empty", (difference, _) =>
            difference is { IsContent: true, Read: "", Meant: { } meant } && string.IsNullOrWhiteSpace(Text(meant))),
        new("it makes LF of CRLF in a file of text that is 7bit", (difference, sample) =>
            difference is { IsContent: true, Meant: { } meant, Read: { } read } && sample.Octets.AsSpan().IndexOf("Content-Transfer-Encoding: 7bit\r\n"u8) >= 0 && Text(meant).Replace("\r\n", "\n", StringComparison.Ordinal) == Text(read)),
        new("it reports a Message-ID without a domain", (difference, sample) => difference.IsDefect && difference.Read!.Contains(": Mail::MessageIdsElement can not parse", StringComparison.Ordinal) && HasIdWithoutDomain(sample, difference)),
        new("it does not unfold a field that it cannot parse", (difference, sample) => difference.HeaderName == "references" && difference.Read?.Replace("\r\n", "", StringComparison.Ordinal) == difference.Meant && HasIdWithoutDomain(sample, difference)),
        new("it decodes encoded-words in file names", (difference, _) => difference.IsFileName && EncodedWords.Decoded(difference.Meant!) == difference.Read),
        new("it leaves the backslash of a quoted pair in a parameter", (difference, _) =>
            difference.IsParameter && difference.Meant == WithoutQuotedPairs(difference.Read)),
    ];

    private static string Text(string content) => Encoding.UTF8.GetString(Convert.FromBase64String(content));

    private static bool HasIdWithoutDomain(Sample sample, Difference difference) =>
        sample.MessageOf(difference).Headers.Any(header => header.Name is "In-Reply-To" or "References" && header.Value.Split(' ').Any(id => !id.Contains('@', StringComparison.Ordinal)));

    private static bool LocalPartIs(ReadMailbox mailbox, string? read) =>
        mailbox.Address is ['"', ..] address && (MeantMessage.Unquoted(address[..(address.LastIndexOf('"') + 1)]) == read || address[1..address.LastIndexOf('"')] == read);

    private static string? WithoutQuotedPairs(string? text) => text is null ? null : MeantMessage.Unquoted($"\"{text}\"");
}
