namespace Sendwright.Mime;

/// <summary>The fields that few messages have: the conversation, the list, the priority, and what made the message.</summary>
internal static class OptionalFields
{
    /// <summary>Writes those that the message has.</summary>
    /// <exception cref="ArgumentException">The message has one of them as a header of the user's own as well.</exception>
    public static void Write(ref HeaderWriter header, EmailMessage message)
    {
        if (message.InReplyTo is { } answered)
        {
            Start(ref header, message, "In-Reply-To", nameof(EmailMessage.InReplyTo));
            header.Token(answered);
            header.EndField();
        }

        WriteReferences(ref header, message);
        if (message.Priority is MessagePriority.High or MessagePriority.Low)
            WritePriority(ref header, message, message.Priority == MessagePriority.High);
        if (message.AutoSubmitted is AutoSubmitted.Generated or AutoSubmitted.Replied)
        {
            Start(ref header, message, "Auto-Submitted", nameof(EmailMessage.AutoSubmitted));
            header.Token(message.AutoSubmitted == AutoSubmitted.Generated ? "auto-generated"u8 : "auto-replied"u8);
            header.EndField();
        }

        if (message.ListId is { } list)
            WriteListId(ref header, message, list);
        if (message.ListUnsubscribe is { } unsubscribe)
            WriteListUnsubscribe(ref header, message, unsubscribe);
        if (message.FeedbackId is { } feedback)
        {
            Start(ref header, message, "Feedback-ID", nameof(EmailMessage.FeedbackId));
            header.Token(feedback);
            header.EndField();
        }
    }

    // RFC 5322, 3.6.4: References holds the parent's References and its Message-ID; a parent without References leaves the Message-ID alone.
    private static void WriteReferences(ref HeaderWriter header, EmailMessage message)
    {
        var references = message.References;
        if (references.Count == 0 && (message.InReplyTo is null || HasOwn(message, "References")))
            return;
        Start(ref header, message, "References", nameof(EmailMessage.References));
        if (references.Count == 0)
            header.Token(message.InReplyTo!);
        for (var index = 0; index < references.Count; index++)
            header.Token(references[index]);
        header.EndField();
    }

    // Three names for one thing: Outlook reads the first two, others the third (RFC 2156).
    private static void WritePriority(ref HeaderWriter header, EmailMessage message, bool isHigh)
    {
        Start(ref header, message, "X-Priority", nameof(EmailMessage.Priority));
        header.Token(isHigh ? "1 (Highest)"u8 : "5 (Lowest)"u8);
        header.EndField();
        Start(ref header, message, "Importance", nameof(EmailMessage.Priority));
        header.Token(isHigh ? "high"u8 : "low"u8);
        header.EndField();
        Start(ref header, message, "Priority", nameof(EmailMessage.Priority));
        header.Token(isHigh ? "urgent"u8 : "non-urgent"u8);
        header.EndField();
    }

    private static void WriteListId(ref HeaderWriter header, EmailMessage message, ListId list)
    {
        Start(ref header, message, "List-Id", nameof(EmailMessage.ListId));
        if (list.Name is { } name)
            HeaderText.WritePhrase(ref header, name);
        header.Token($"<{list.Id}>");
        header.EndField();
    }

    private static void WriteListUnsubscribe(ref HeaderWriter header, EmailMessage message, ListUnsubscribe unsubscribe)
    {
        Start(ref header, message, "List-Unsubscribe", nameof(EmailMessage.ListUnsubscribe));
        for (var index = 0; index < unsubscribe.Uris.Count; index++)
            header.Token($"<{unsubscribe.Uris[index]}>{(index < unsubscribe.Uris.Count - 1 ? "," : "")}");
        header.EndField();
        if (!unsubscribe.IsOneClick)
            return;
        Start(ref header, message, "List-Unsubscribe-Post", nameof(EmailMessage.ListUnsubscribe));
        header.Token("List-Unsubscribe=One-Click"u8);
        header.EndField();
    }

    private static void Start(ref HeaderWriter header, EmailMessage message, string name, string property)
    {
        // Of two such fields each reader believes another.
        if (HasOwn(message, name))
            throw new ArgumentException($"The message has {name} twice: from EmailMessage.{property} and as a header of its own. Leave one of them out.", nameof(message));
        header.Field(name);
    }

    private static bool HasOwn(EmailMessage message, string name)
    {
        for (var index = 0; index < message.Headers.Count; index++)
        {
            if (message.Headers[index].Name.Equals(name, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }
}
