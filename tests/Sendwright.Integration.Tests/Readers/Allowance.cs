namespace Sendwright.Integration.Tests.Readers;

/// <summary>
/// A fault of one reader, told in docs/reference/readers.md, and the differences that it explains: as few as can be. One that explains nothing any more fails a test.
/// </summary>
internal sealed record Allowance(string Fault, Func<Difference, Sample, bool> Explains)
{
    /// <summary>For every reader: the last line of a message ends with CRLF, so a text that is the whole message ends with one.</summary>
    public static Allowance LastLineEnd { get; } = new(
        "the last line of a message ends with CRLF",
        (difference, sample) => MeantMessage.IsOnePart(sample.Message) && difference.Field is "Text" or "Html" && difference.Read == difference.Meant + "\n");

    /// <summary>For readers that make no difference between nothing and an empty text.</summary>
    public static Allowance EmptyIsAbsent { get; } = new(
        "empty and absent are the same",
        (difference, _) => string.IsNullOrEmpty(difference.Meant) && string.IsNullOrEmpty(difference.Read) && (difference.Field is "Subject" or "Text" or "Html" || difference.Field.StartsWith("Headers.", StringComparison.Ordinal)));
}
