namespace Sendwright.Integration.Tests.Readers;

/// <summary>The header fields that follow from the properties that few messages use.</summary>
internal static class MeantFields
{
    public static IEnumerable<ReadHeader> Of(EmailMessage message)
    {
        if (message.InReplyTo is { } answered)
            yield return new("In-Reply-To", answered);
        if (message.References.Count > 0)
            yield return new("References", string.Join(' ', message.References));
        else if (message.InReplyTo is { } only)
            yield return new("References", only);
        if (message.Priority != MessagePriority.Normal)
        {
            var isHigh = message.Priority == MessagePriority.High;
            yield return new("X-Priority", isHigh ? "1 (Highest)" : "5 (Lowest)");
            yield return new("Importance", isHigh ? "high" : "low");
            yield return new("Priority", isHigh ? "urgent" : "non-urgent");
        }

        if (message.AutoSubmitted != AutoSubmitted.No)
            yield return new("Auto-Submitted", message.AutoSubmitted == AutoSubmitted.Generated ? "auto-generated" : "auto-replied");
        if (message.ListId is { } list)
            yield return new("List-Id", list.Name is null ? $"<{list.Id}>" : $"{list.Name} <{list.Id}>");
        if (message.ListUnsubscribe is { } unsubscribe)
        {
            yield return new("List-Unsubscribe", string.Join(", ", unsubscribe.Uris.Select(uri => $"<{uri}>")));
            if (unsubscribe.IsOneClick)
                yield return new("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        }

        if (message.FeedbackId is { } feedback)
            yield return new("Feedback-ID", feedback);
    }
}
