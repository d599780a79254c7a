namespace Sendwright.Integration.Tests.Readers;

/// <summary>What docs/reference/readers.md tells of each reader, in the same order.</summary>
internal static class ReaderAllowances
{
    /// <summary>The last line of a message ends with CRLF, so a text that is the whole message has one.</summary>
    private static readonly Allowance LastLineEnd = new(
        "the last line of a message ends with CRLF",
        (difference, sample) => MeantMessage.IsOnePart(sample.Message) && difference.Field is "Text" or "Html" && difference.Read == difference.Meant + "\n");

    public static IReadOnlyList<Allowance> Python { get; } = [LastLineEnd];

    public static IReadOnlyList<Allowance> Mailparser { get; } = [LastLineEnd];

    public static IReadOnlyList<Allowance> PostalMime { get; } = [LastLineEnd];

    public static IReadOnlyList<Allowance> EmailMime { get; } = [LastLineEnd];

    public static IReadOnlyList<Allowance> RubyMail { get; } = [LastLineEnd];
}
