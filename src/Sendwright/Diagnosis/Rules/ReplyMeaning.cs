using System.Globalization;
using Sendwright.Evidence;
using Sendwright.Smtp.Wire;

namespace Sendwright.Diagnosis.Rules;

/// <summary>One thing that servers say and what it means. Every condition that is set must hold.</summary>
internal sealed record ReplyMeaning(string FaultCode, Certainty Certainty = Certainty.Likely)
{
    /// <summary>The stages in which it means that; empty for every stage.</summary>
    public IReadOnlyList<MailStage> Stages { get; init; } = [];

    /// <summary>The reply codes; empty for every code.</summary>
    public IReadOnlyList<int> Codes { get; init; } = [];

    /// <summary>The enhanced codes, <c>x</c> for any number in that place: <c>x.2.2</c>, <c>x.7.x</c>; empty for every one, or none.</summary>
    public IReadOnlyList<string> Enhanced { get; init; } = [];

    /// <summary>Words of which one must be in the text, lower-case; empty for any text.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>Words of which none may be in the text.</summary>
    public IReadOnlyList<string> WithoutWords { get; init; } = [];

    public bool Matches(MailStage stage, SmtpReply reply, string text) =>
        (Stages.Count == 0 || Stages.Contains(stage))
        && (Codes.Count == 0 || Codes.Contains(reply.Code))
        && (Enhanced.Count == 0 || (reply.EnhancedCode is { } code && Enhanced.Any(pattern => Fits(pattern, code))))
        && (Words.Count == 0 || Words.Any(word => Says(text, word)))
        && !WithoutWords.Any(word => Says(text, word));

    // A word begins where no letter stands before it: "rbl" is not in "garbled", nor "idle" in "middle".
    private static bool Says(string text, string word)
    {
        for (var at = text.IndexOf(word, StringComparison.Ordinal); at >= 0; at = text.IndexOf(word, at + 1, StringComparison.Ordinal))
        {
            if (at == 0 || !char.IsLetter(text[at - 1]) || !char.IsLetter(word[0]))
                return true;
        }

        return false;
    }

    private static bool Fits(string pattern, EnhancedStatusCode code)
    {
        var parts = pattern.Split('.');
        return Fits(parts[0], code.Class) && Fits(parts[1], code.Subject) && Fits(parts[2], code.Detail);
    }

    private static bool Fits(string part, int number) => part == "x" || part == number.ToString(CultureInfo.InvariantCulture);
}
