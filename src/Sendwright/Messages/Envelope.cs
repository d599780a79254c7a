namespace Sendwright;

/// <summary>Who a message really comes from and goes to, whatever its headers say (RFC 5321, 2.3.1).</summary>
public sealed record Envelope
{
    /// <summary>The address that gets the reports of failure; null for <c>MAIL FROM:&lt;&gt;</c>.</summary>
    public EmailAddress? Sender { get; init; }

    /// <summary>Everyone who gets the message: To, Cc and Bcc alike, each once. At least one.</summary>
    /// <exception cref="ArgumentException">There are more than <see cref="MessageLimits.MaxRecipients"/>.</exception>
    public required IReadOnlyList<EmailAddress> Recipients
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value, nameof(Recipients));
            MessageLimits.CheckRecipients(value.Count);
            field = value;
        }
    }

    /// <summary>Whether the message goes to nobody where one recipient is refused: then no content is sent before every reply is known, at the price of one more round trip.</summary>
    public bool AllRecipientsOrNone { get; init; }

    /// <summary>Which reports the sender wants (RFC 3461); null to ask for none in particular.</summary>
    public Dsn? Dsn { get; init; }

    /// <summary>The envelope that follows from a message's headers: its From (or Sender, where there is one) to its To, Cc and Bcc.</summary>
    /// <remarks>An address that occurs twice gets one copy. Local parts are compared exactly, domains without regard to case (RFC 5321, 2.4).</remarks>
    /// <exception cref="ArgumentException">The message has no recipient, or more than <see cref="MessageLimits.MaxRecipients"/>.</exception>
    public static Envelope For(EmailMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        var count = message.To.Count + message.Cc.Count + message.Bcc.Count;
        if (count == 0)
            throw new ArgumentException("The message has no recipient. Set EmailMessage.To, Cc or Bcc.", nameof(message));
        MessageLimits.CheckRecipients(count);
        var recipients = new List<EmailAddress>(count);
        var seen = count == 1 ? null : new HashSet<(string Local, string Domain)>(count);
        Add(message.To);
        Add(message.Cc);
        Add(message.Bcc);
        return new Envelope { Sender = message.Sender ?? message.From, Recipients = recipients.AsReadOnly() };

        void Add(IReadOnlyList<EmailAddress> addresses)
        {
            for (var index = 0; index < addresses.Count; index++)
            {
                if (seen is null || seen.Add((addresses[index].LocalPart, addresses[index].AsciiDomain.ToLowerInvariant())))
                    recipients.Add(addresses[index]);
            }
        }
    }
}
