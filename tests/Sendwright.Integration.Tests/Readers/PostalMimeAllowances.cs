using System.Text;

namespace Sendwright.Integration.Tests.Readers;

/// <summary>What docs/reference/readers.md tells of postal-mime, in the same order.</summary>
internal static class PostalMimeAllowances
{
    public static IReadOnlyList<Allowance> All { get; } =
    [
        Allowance.LastLineEnd,
        Allowance.EmptyIsAbsent,
        Allowance.InlineTextIsBody,
        Allowance.AddressIsNoName,
        Allowance.NoOffset,
        new("it takes an angle bracket between quotes for the one around the address", (difference, sample) =>
            difference.IsOfMailbox && sample.ListOf(difference).Any(mailbox => mailbox.Address?.StartsWith("\"<", StringComparison.Ordinal) == true)),
        new("it adds a line end to a text", (difference, _) => difference.IsBody && (difference.Read == difference.Meant + "\n" || (difference.Path.Length > 0 && difference.Read == difference.Meant + "\n\n"))),
        new("it does not tell the parameters of a type", (difference, _) => difference.IsParameter && difference.Read is null),
        new("it decodes a calendar as text in UTF-8", (difference, _) =>
            difference is { IsContent: true, Meant: { } meant, Read: { } read } && Text(meant).Replace("\r\n", "\n", StringComparison.Ordinal).TrimEnd('\n') == Text(read).TrimEnd('\n')),
        new("it decodes encoded-words in file names", (difference, _) => difference.IsFileName && EncodedWords.Decoded(difference.Meant!) == difference.Read),
        new("it drops U+FEFF at the start of an encoded text", (difference, _) =>
            difference.Meant is { } meant && WithoutMarks(meant) is var text && WithoutMarks(difference.Read ?? "") is var read && (text == read || (difference.IsBody && text + "\n" == read))),
    ];

    private static string WithoutMarks(string text) => text.Replace("\uFEFF", "", StringComparison.Ordinal);

    private static string Text(string content) => Encoding.UTF8.GetString(Convert.FromBase64String(content));
}
