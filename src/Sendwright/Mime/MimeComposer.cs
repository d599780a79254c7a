namespace Sendwright.Mime;

/// <summary>Turns a message into what goes over the wire (RFC 5322, 2045 to 2047, 2231, 6532). One composer can be used by many threads.</summary>
/// <remarks>
/// The content is 7-bit throughout, so any server takes it, with one exception that has no other form: an address with a non-ASCII local part.
/// Bcc never is in it.
/// </remarks>
public sealed class MimeComposer
{
    private readonly TimeProvider _time;

    /// <summary>Makes a composer.</summary>
    /// <param name="timeProvider">The clock for messages without a date.</param>
    public MimeComposer(TimeProvider timeProvider)
    {
        ArgumentNullException.ThrowIfNull(timeProvider);
        _time = timeProvider;
    }

    /// <summary>Composes a message. Date, Message-ID and boundaries are made now and stay, however often it is written.</summary>
    public ComposedMessage Compose(EmailMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        var now = _time.GetUtcNow();
        var unique = Guid.CreateVersion7(now);
        var date = message.Date ?? now;
        var messageId = message.MessageId ?? $"<{unique:N}@{message.From.AsciiDomain}>";
        var frame = new MimeFrame(unique);
        try
        {
            WriteHeader(ref frame.Header, message, date, messageId);
            WriteContent(ref frame, message);
            frame.Finish();
            return new ComposedMessage(frame.Header.ToArray(), frame.Bodies(), messageId, date, NeedsSmtpUtf8(message));
        }
        finally
        {
            frame.Dispose();
        }
    }

    private static void WriteHeader(ref HeaderWriter header, EmailMessage message, DateTimeOffset date, string messageId)
    {
        header.Field("Date:"u8);
        MailDate.Write(ref header, date);
        header.EndField();
        AddressField.Write(ref header, "From:"u8, message.From);
        if (message.Sender is { } sender)
            AddressField.Write(ref header, "Sender:"u8, sender);
        AddressField.Write(ref header, "Reply-To:"u8, message.ReplyTo);
        AddressField.Write(ref header, "To:"u8, message.To);
        // RFC 5322 allows no recipient field at all, but some servers then write one, and show hidden recipients in it.
        if (AddressField.IsEmpty(message.To) && AddressField.IsEmpty(message.Cc))
            header.Append("To: undisclosed-recipients:;\r\n"u8);
        AddressField.Write(ref header, "Cc:"u8, message.Cc);
        header.Field("Message-ID:"u8);
        header.Token(messageId);
        header.EndField();
        if (message.Subject is { } subject)
        {
            header.Field("Subject:"u8);
            HeaderText.WriteUnstructured(ref header, subject);
            header.EndField();
        }

        for (var index = 0; index < message.Headers.Count; index++)
        {
            header.Field(message.Headers[index].Name);
            HeaderText.WriteUnstructured(ref header, message.Headers[index].Value);
            header.EndField();
        }

        header.Append("MIME-Version: 1.0\r\n"u8);
        MessageLimits.CheckHeaderSize(header.Length);
    }

    /// <summary>What is read and the files beside it.</summary>
    private static void WriteContent(ref MimeFrame frame, EmailMessage message)
    {
        var embedded = CountEmbedded(message);
        if (message.Attachments.Count == embedded)
        {
            WriteReadable(ref frame, message, embedded);
            return;
        }

        var mixed = frame.OpenMultipart("multipart/mixed;"u8);
        if (message.Text is not null || message.Html is not null)
        {
            frame.NextPart(mixed);
            WriteReadable(ref frame, message, embedded);
        }

        for (var index = 0; index < message.Attachments.Count; index++)
        {
            if (!IsEmbedded(message, message.Attachments[index]))
            {
                frame.NextPart(mixed);
                WriteAttachment(ref frame, message.Attachments[index]);
            }
        }

        frame.CloseMultipart(mixed);
    }

    /// <summary>Text and HTML. RFC 2046, 5.1.4: the alternatives come "in an order of increasing faithfulness", so the text comes first.</summary>
    private static void WriteReadable(ref MimeFrame frame, EmailMessage message, int embedded)
    {
        if (message.Html is null)
        {
            WriteText(ref frame, "text/plain; charset=utf-8"u8, message.Text ?? "");
        }
        else if (message.Text is null)
        {
            WriteHtml(ref frame, message, message.Html, embedded);
        }
        else
        {
            var alternative = frame.OpenMultipart("multipart/alternative;"u8);
            frame.NextPart(alternative);
            WriteText(ref frame, "text/plain; charset=utf-8"u8, message.Text);
            frame.NextPart(alternative);
            WriteHtml(ref frame, message, message.Html, embedded);
            frame.CloseMultipart(alternative);
        }
    }

    /// <summary>The HTML with the pictures it shows (RFC 2387).</summary>
    private static void WriteHtml(ref MimeFrame frame, EmailMessage message, string html, int embedded)
    {
        if (embedded == 0)
        {
            WriteText(ref frame, "text/html; charset=utf-8"u8, html);
            return;
        }

        var related = frame.OpenMultipart("multipart/related;"u8, "type=\"text/html\";"u8);
        frame.NextPart(related);
        WriteText(ref frame, "text/html; charset=utf-8"u8, html);
        for (var index = 0; index < message.Attachments.Count; index++)
        {
            if (IsEmbedded(message, message.Attachments[index]))
            {
                frame.NextPart(related);
                WriteAttachment(ref frame, message.Attachments[index]);
            }
        }

        frame.CloseMultipart(related);
    }

    private static void WriteText(ref MimeFrame frame, ReadOnlySpan<byte> contentType, string text)
    {
        frame.Header.Field("Content-Type:"u8);
        frame.Header.Token(contentType);
        frame.Header.EndField();
        frame.Body(new TextBody(text));
    }

    private static void WriteAttachment(ref MimeFrame frame, Attachment attachment)
    {
        ref var header = ref frame.Header;
        header.Field("Content-Type:"u8);
        header.Token(attachment.ContentType);
        header.EndField();
        header.Field("Content-Disposition:"u8);
        header.Token(attachment.IsInline ? "inline;"u8 : "attachment;"u8);
        FileNameParameter.Write(ref header, attachment.FileName);
        header.EndField();
        if (attachment.ContentId is { } contentId)
        {
            header.Field("Content-ID:"u8);
            header.Token($"<{contentId}>");
            header.EndField();
        }

        frame.Body(new BytesBody(attachment.Content));
    }

    private static int CountEmbedded(EmailMessage message)
    {
        var count = 0;
        for (var index = 0; index < message.Attachments.Count; index++)
            count += IsEmbedded(message, message.Attachments[index]) ? 1 : 0;
        return count;
    }

    private static bool IsEmbedded(EmailMessage message, Attachment attachment) =>
        attachment is { IsInline: true, ContentId: not null } && message.Html is not null;

    private static bool NeedsSmtpUtf8(EmailMessage message) =>
        message.From.NeedsSmtpUtf8 || message.Sender is { NeedsSmtpUtf8: true } || Any(message.ReplyTo) || Any(message.To) || Any(message.Cc);

    private static bool Any(IReadOnlyList<EmailAddress> addresses)
    {
        for (var index = 0; index < addresses.Count; index++)
        {
            if (addresses[index].NeedsSmtpUtf8)
                return true;
        }

        return false;
    }
}
