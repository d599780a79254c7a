namespace Sendwright.Messages;

/// <summary>Gmail's Feedback-ID: <c>a:b:c:sender</c>.</summary>
internal static class FeedbackIdGrammar
{
    private const int MaxParts = 4;
    private const int MaxLength = 500;

    /// <summary>The value, if it is one.</summary>
    /// <exception cref="ArgumentException">It is none.</exception>
    public static string Check(string value)
    {
        FieldCharacters.Check("FeedbackId", value);
        var colons = value.AsSpan().Count(':');
        if (value.Length is 0 or > MaxLength || colons >= MaxParts || value[^1] == ':' || value.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            throw new ArgumentException(
                $"FeedbackId {VisibleText.Quote(value)} is not one to {MaxParts} parts of ASCII without blanks, joined by colons, the sender's identifier last. Write it such as campaign7:customer3:newsletter:example.");
        }

        return value;
    }
}
