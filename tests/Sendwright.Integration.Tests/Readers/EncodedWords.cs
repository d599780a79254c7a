namespace Sendwright.Integration.Tests.Readers;

/// <summary>What a reader makes of a text that only looks like an encoded-word, where the standard has none: the few that the generator uses.</summary>
internal static class EncodedWords
{
    public static string Decoded(string text) => text
        .Replace("=?utf-8?Q?x?=", "x", StringComparison.Ordinal)
        .Replace("=?utf-8?Q?no?=", "no", StringComparison.Ordinal)
        .Replace("=?utf-8?B?bm8=?=", "no", StringComparison.Ordinal);
}
