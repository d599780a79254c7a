using Sendwright.Messages;
using Sendwright.Transport;

namespace Sendwright.Mime;

/// <summary>
/// The parts of a message and how they contain one another: <c>mixed(alternative(text, AMP, related(HTML, images), others), attachments)</c>, with no multipart around
/// a single part.
/// </summary>
internal ref struct MimeStructure
{
    private readonly MimeComposer _composer;
    private readonly EmailMessage _message;
    private readonly int _embedded;

    /// <summary>Looks at what the message has.</summary>
    public MimeStructure(MimeComposer composer, EmailMessage message)
    {
        _composer = composer;
        _message = message;
        for (var index = 0; index < message.Attachments.Count; index++)
            _embedded += IsEmbedded(message.Attachments[index]) ? 1 : 0;
    }

    /// <summary>Whether an attached message has a header that only SMTPUTF8 can carry; known once the structure is written.</summary>
    public bool HasInternationalMessage { get; private set; }

    /// <summary>Writes what is read and the files beside it.</summary>
    public void Write(ref MimeFrame frame)
    {
        var attachments = _message.Attachments;
        if (attachments.Count == _embedded)
        {
            WriteReadable(ref frame);
            return;
        }

        var mixed = frame.OpenMultipart("multipart/mixed;"u8, isEightBit: HasEightBit(_message));
        if (CountForms() > 0)
        {
            frame.NextPart(mixed);
            WriteReadable(ref frame);
        }

        for (var index = 0; index < attachments.Count; index++)
        {
            if (!IsEmbedded(attachments[index]))
            {
                frame.NextPart(mixed);
                WriteAttachment(ref frame, attachments[index]);
            }
        }

        frame.CloseMultipart(mixed);
    }

    /// <summary>The forms of the text. RFC 2046, 5.1.4: they come "in an order of increasing faithfulness", so the plain text comes first.</summary>
    private readonly void WriteReadable(ref MimeFrame frame)
    {
        if (CountForms() > 1)
        {
            var alternative = frame.OpenMultipart("multipart/alternative;"u8);
            WriteForms(ref frame, alternative);
            frame.CloseMultipart(alternative);
        }
        else if (_message.Html is not null)
        {
            WriteHtml(ref frame, _message.Html);
        }
        else if (_message.Alternatives.Count > 0)
        {
            WriteAlternative(ref frame, _message.Alternatives[0]);
        }
        else
        {
            WriteText(ref frame, "Content-Type: text/plain; charset=utf-8"u8, _message.Text ?? "");
        }
    }

    private readonly void WriteForms(ref MimeFrame frame, int alternative)
    {
        if (_message.Text is { } text)
        {
            frame.NextPart(alternative);
            WriteText(ref frame, "Content-Type: text/plain; charset=utf-8"u8, text);
        }

        WriteAlternatives(ref frame, alternative, beforeHtml: true);
        if (_message.Html is { } html)
        {
            frame.NextPart(alternative);
            WriteHtml(ref frame, html);
        }

        WriteAlternatives(ref frame, alternative, beforeHtml: false);
    }

    private readonly void WriteAlternatives(ref MimeFrame frame, int alternative, bool beforeHtml)
    {
        for (var index = 0; index < _message.Alternatives.Count; index++)
        {
            if (_message.Alternatives[index].StandsBeforeHtml != beforeHtml)
                continue;
            frame.NextPart(alternative);
            WriteAlternative(ref frame, _message.Alternatives[index]);
        }
    }

    /// <summary>The HTML with the pictures it shows (RFC 2387).</summary>
    private readonly void WriteHtml(ref MimeFrame frame, string html)
    {
        if (_embedded == 0)
        {
            WriteText(ref frame, "Content-Type: text/html; charset=utf-8"u8, html);
            return;
        }

        var related = frame.OpenMultipart("multipart/related;"u8, "type=\"text/html\";"u8);
        frame.NextPart(related);
        WriteText(ref frame, "Content-Type: text/html; charset=utf-8"u8, html);
        for (var index = 0; index < _message.Attachments.Count; index++)
        {
            if (IsEmbedded(_message.Attachments[index]))
            {
                frame.NextPart(related);
                WriteFile(ref frame, _message.Attachments[index]);
            }
        }

        frame.CloseMultipart(related);
    }

    private static void WriteText(ref MimeFrame frame, ReadOnlySpan<byte> contentType, string text)
    {
        frame.Header.Line(contentType);
        frame.Body(new TextBody(text));
    }

    private static void WriteAlternative(ref MimeFrame frame, Alternative alternative)
    {
        ContentTypeField.WriteOfText(ref frame.Header, alternative.MediaType);
        frame.Body(new TextBody(alternative.Text));
    }

    private void WriteAttachment(ref MimeFrame frame, Attachment attachment)
    {
        switch (attachment.Content)
        {
            case AttachmentContent.Forwarded forwarded:
                WriteMessage(ref frame, attachment, _composer.Compose(forwarded.Message));
                break;
            case AttachmentContent.ForwardedAsIs ready:
                WriteMessage(ref frame, attachment, ready.Message);
                break;
            default:
                WriteFile(ref frame, attachment);
                break;
        }
    }

    private void WriteMessage(ref MimeFrame frame, Attachment attachment, IMessageContent message)
    {
        HasInternationalMessage |= message.NeedsSmtpUtf8;
        // RFC 6532, 3.7: message/global for what message/rfc822 cannot hold.
        frame.Header.Line(message.NeedsSmtpUtf8 ? "Content-Type: message/global"u8 : "Content-Type: message/rfc822"u8);
        WriteDisposition(ref frame.Header, attachment);
        frame.Body(new MessageBody(message, message.Size ?? throw new InvalidOperationException("An attached message has no size.")));
    }

    private static void WriteFile(ref MimeFrame frame, Attachment attachment)
    {
        ContentTypeField.Write(ref frame.Header, attachment.MediaType);
        WriteDisposition(ref frame.Header, attachment);
        frame.Body(attachment.Content switch
        {
            AttachmentContent.InMemory memory => new BytesBody(memory.Octets),
            AttachmentContent.Streamed streamed => new StreamBody(attachment.FileName, streamed.Open, streamed.Octets),
            _ => throw new InvalidOperationException($"There is no body for {attachment}."),
        });
    }

    private static void WriteDisposition(ref HeaderWriter header, Attachment attachment)
    {
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
    }

    /// <summary>Whether a message among the attachments, or one inside of it, is 8-bit; only international ones are.</summary>
    private static bool HasEightBit(EmailMessage message)
    {
        for (var index = 0; index < message.Attachments.Count; index++)
        {
            if (message.Attachments[index].Content switch
            {
                AttachmentContent.Forwarded forwarded => MimeComposer.NeedsSmtpUtf8(forwarded.Message) || HasEightBit(forwarded.Message),
                AttachmentContent.ForwardedAsIs ready => ready.Message.IsEightBit,
                _ => false,
            })
                return true;
        }

        return false;
    }

    private readonly int CountForms() => (_message.Text is null ? 0 : 1) + (_message.Html is null ? 0 : 1) + _message.Alternatives.Count;

    private readonly bool IsEmbedded(Attachment attachment) =>
        attachment is { IsInline: true, ContentId: not null, Content.Depth: 0 } && _message.Html is not null;
}
