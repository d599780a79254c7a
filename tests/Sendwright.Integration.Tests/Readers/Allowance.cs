namespace Sendwright.Integration.Tests.Readers;

/// <summary>
/// A fault of one reader, told in docs/reference/readers.md, and the differences that it explains: as few as can be. One that explains nothing any more fails a test.
/// </summary>
internal sealed record Allowance(string Fault, Func<Difference, Sample, bool> Explains)
{
    /// <summary>For every reader: the last line of a message ends with CRLF, so a text that is the whole message ends with one.</summary>
    public static Allowance LastLineEnd { get; } = new(
        "the last line of a message ends with CRLF",
        (difference, sample) => difference.IsBody && sample.MessageOf(difference).IsOnePart && difference.Read == difference.Meant + "\n");

    /// <summary>For readers that show a text which is inline instead of telling of it (RFC 2183, 2.1 asks for its display).</summary>
    public static Allowance InlineTextIsBody { get; } = new(
        "a text that is inline becomes a part of the body",
        (difference, sample) => sample.MessageOf(difference).Attachments is [{ Disposition: "inline", ContentType: "text/plain" }] && (difference.Field is "Text" || difference.Field.StartsWith("Attachments[0]", StringComparison.Ordinal)));

    /// <summary>For readers that leave out a name that only repeats the address.</summary>
    public static Allowance AddressIsNoName { get; } = new(
        "a name that is the address is left out", (difference, sample) => difference is { IsName: true, Read: null } && sample.MailboxOf(difference)?.Address == difference.Meant);

    /// <summary>For readers that tell when, but not by which clock.</summary>
    public static Allowance NoOffset { get; } = new("it tells the moment of a date only", (difference, _) => difference is { Field: "DateOffset", Read: null });

    /// <summary>For readers that make no difference between nothing and an empty text.</summary>
    public static Allowance EmptyIsAbsent { get; } = new(
        "empty and absent are the same",
        (difference, _) => string.IsNullOrEmpty(difference.Meant) && string.IsNullOrEmpty(difference.Read) && (difference.Field is "Subject" or "Text" or "Html" || difference.Field.StartsWith("Headers.", StringComparison.Ordinal)));
}
