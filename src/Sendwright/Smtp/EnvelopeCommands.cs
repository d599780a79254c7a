using System.Globalization;
using System.Text;
using Sendwright.Evidence;
using Sendwright.Smtp.Wire;
using Sendwright.Transport;

namespace Sendwright.Smtp;

/// <summary>What an envelope and a message ask of a server, and how that is said in MAIL and RCPT (RFC 5321, 4.1.1.2 and 4.1.1.3).</summary>
internal static class EnvelopeCommands
{
    public static SmtpCommand Mail(Envelope envelope, IMessageContent? content, SmtpCapabilities capabilities) =>
        SmtpCommand.Mail(Path(envelope.Sender), Parameters(envelope, content, capabilities));

    public static SmtpCommand Rcpt(Envelope envelope, EmailAddress recipient, SmtpCapabilities capabilities) => SmtpCommand.Rcpt(Path(recipient), DsnParameters.ForRcpt(envelope, recipient, capabilities));

    /// <summary>An address as it stands between the angle brackets.</summary>
    public static string Path(EmailAddress? address) => address?.WireAddress ?? "";

    /// <summary>The form of the message that this server takes, where there is one.</summary>
    /// <remarks>
    /// RFC 6152, 3: to a server without 8BITMIME a client either converts "the message into valid 7bit MIME" or treats it as a permanent error. A header in UTF-8 (RFC 6531)
    /// can sometimes be had in ASCII as well. A line of more than 998 octets makes it binary data, which takes another extension still (RFC 3030).
    /// </remarks>
    public static IMessageContent FormFor(Envelope envelope, IMessageContent content, SmtpCapabilities capabilities)
    {
        var isTaken = IsEightBitTaken(content, capabilities) && (!content.NeedsSmtpUtf8 || capabilities.SmtpUtf8) && !content.HasOverlongLine;
        // An address of the envelope that cannot be carried is refused whatever the content.
        return isTaken || (International(envelope) is not null && !capabilities.SmtpUtf8) ? content : content.ToSevenBit() ?? content;
    }

    /// <summary>Why this server cannot be offered the message at all; null where it can.</summary>
    public static AttemptFault? Unsuited(Envelope envelope, IMessageContent? content, SmtpCapabilities capabilities)
    {
        if (!capabilities.SmtpUtf8 && NeedsSmtpUtf8(envelope, content))
        {
            var international = International(envelope);
            return Fault(
                FaultKind.SmtpUtf8NotOffered,
                $"{(international is null ? "The message's header holds UTF-8, which" : $"The address <{international.Address}>")} needs SMTPUTF8, which the server does not offer.");
        }

        if (content is not null && !IsEightBitTaken(content, capabilities))
        {
            return Fault(
                FaultKind.EightBitMimeNotOffered,
                "The message holds 8-bit octets, the server does not offer 8BITMIME, and the message cannot be re-encoded, as one that is signed cannot (5.6.3).");
        }

        if (capabilities.MaxSize is { } limit && content?.Size > limit)
        {
            return Fault(
                FaultKind.LargerThanAnnouncedSize,
                string.Create(CultureInfo.InvariantCulture, $"The message has {content.Size} octets; the server takes {limit} (SIZE)."));
        }

        return null;
    }

    private static AttemptFault Fault(FaultKind kind, string message) => new() { Stage = MailStage.Sender, Kind = kind, Message = message };

    // "servers offering this extension MUST provide support for, and announce, the 8BITMIME extension" (RFC 6531, 3.1): one that forgot to announce it takes UTF-8 all the same.
    private static bool IsEightBitTaken(IMessageContent content, SmtpCapabilities capabilities) =>
        !content.IsEightBit || capabilities.EightBitMime || (content.NeedsSmtpUtf8 && capabilities.SmtpUtf8);

    private static string Parameters(Envelope envelope, IMessageContent? content, SmtpCapabilities capabilities)
    {
        var parameters = new StringBuilder();
        if (capabilities.Size && content?.Size is { } size)
            parameters.Append(CultureInfo.InvariantCulture, $" SIZE={size}");
        if (content is { IsEightBit: true } && capabilities.EightBitMime)
            parameters.Append(" BODY=8BITMIME");
        if (NeedsSmtpUtf8(envelope, content))
            parameters.Append(" SMTPUTF8");
        parameters.Append(DsnParameters.ForMail(envelope, capabilities));
        return parameters.ToString();
    }

    // RFC 6531, 3.4: the parameter is needed for an address of the envelope as for one in the header alone, such as a Reply-To.
    private static bool NeedsSmtpUtf8(Envelope envelope, IMessageContent? content) => content is { NeedsSmtpUtf8: true } || International(envelope) is not null;

    private static EmailAddress? International(Envelope envelope)
    {
        if (envelope.Sender is { NeedsSmtpUtf8: true } sender)
            return sender;
        for (var i = 0; i < envelope.Recipients.Count; i++)
        {
            if (envelope.Recipients[i].NeedsSmtpUtf8)
                return envelope.Recipients[i];
        }

        return null;
    }
}
