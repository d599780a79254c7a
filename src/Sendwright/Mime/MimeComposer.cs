namespace Sendwright.Mime;

/// <summary>Turns a message into what goes over the wire (RFC 5322, 2045 to 2047, 2231, 6532). One composer can be used by many threads.</summary>
/// <remarks>
/// The content is 7-bit throughout, so any server takes it, with one exception that has no other form: an address with a non-ASCII local part.
/// Bcc never is in it.
/// </remarks>
public sealed class MimeComposer
{
    private readonly TimeProvider _time;
    private readonly UniqueValues _uniqueValues = new();

    /// <summary>Makes a composer.</summary>
    /// <param name="timeProvider">The clock for messages without a date.</param>
    public MimeComposer(TimeProvider timeProvider)
    {
        ArgumentNullException.ThrowIfNull(timeProvider);
        _time = timeProvider;
    }

    /// <summary>Composes a message. Date, Message-ID and boundaries are made now and stay, however often it is written.</summary>
    /// <exception cref="ArgumentException">A header of the user's own is one that a property of the message writes as well.</exception>
    public ComposedMessage Compose(EmailMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        var now = _time.GetUtcNow();
        var unique = _uniqueValues.Next(now);
        var date = message.Date ?? now;
        var messageId = message.MessageId ?? $"<{unique:N}@{message.From.AsciiDomain}>";
        var frame = new MimeFrame(unique);
        try
        {
            WriteHeader(ref frame.Header, message, date, messageId);
            var structure = new MimeStructure(this, message);
            structure.Write(ref frame);
            frame.Finish();
            return new ComposedMessage(frame.Header.ToArray(), frame.Bodies(), messageId, date, structure.HasInternationalMessage || NeedsSmtpUtf8(message));
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
            header.Line("To: undisclosed-recipients:;"u8);
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

        OptionalFields.Write(ref header, message);
        for (var index = 0; index < message.Headers.Count; index++)
        {
            header.Field(message.Headers[index].Name);
            HeaderText.WriteUnstructured(ref header, message.Headers[index].Value);
            header.EndField();
        }

        header.Line("MIME-Version: 1.0"u8);
        MessageLimits.CheckHeaderSize(header.Length);
    }

    /// <summary>Whether an address in the message's own header has a local part that is not ASCII.</summary>
    internal static bool NeedsSmtpUtf8(EmailMessage message) =>
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
