using System.Globalization;
using System.Text;
using Sendwright.Smtp.Wire;

namespace Sendwright.Smtp;

/// <summary>The parameters of MAIL and RCPT with which a sender asks for reports (RFC 3461; addresses beyond ASCII: RFC 6533).</summary>
internal static class DsnParameters
{
    /// <summary>Behind <c>MAIL FROM:&lt;...&gt;</c>, with a leading blank; empty where nothing is asked for, or the server would not understand it.</summary>
    public static string ForMail(Envelope envelope, SmtpCapabilities capabilities)
    {
        if (!AreUnderstood(envelope, capabilities))
            return "";
        var dsn = envelope.Dsn!;
        var text = new StringBuilder();
        if (dsn.Return is { } part)
            text.Append(part == DsnReturn.Full ? " RET=FULL" : " RET=HDRS");
        if (dsn.EnvelopeId is { } id)
            text.Append(" ENVID=").Append(XText.Encode(id));
        return text.ToString();
    }

    /// <summary>Behind <c>RCPT TO:&lt;...&gt;</c>, with a leading blank; empty where nothing is asked for, or the server would not understand it.</summary>
    public static string ForRcpt(Envelope envelope, EmailAddress recipient, SmtpCapabilities capabilities)
    {
        if (!AreUnderstood(envelope, capabilities))
            return "";
        var dsn = envelope.Dsn!;
        // RFC 3461, 4.2: a first submission names the recipient itself, so that a report after aliases and forwarding names whom the sender knows.
        var original = dsn.OriginalRecipients.TryGetValue(recipient, out var other) ? other : recipient;
        return $"{Notify(dsn.Notify)} ORCPT={Original(original)}";
    }

    /// <summary>Whether the server is told: null where the envelope asks for nothing.</summary>
    public static bool? AreRequested(Envelope envelope, SmtpCapabilities capabilities) => envelope.Dsn is null ? null : capabilities.Dsn;

    /// <summary>What is wrong with an envelope id; null where nothing is.</summary>
    public static string? FaultInEnvelopeId(string id)
    {
        if (id.Length == 0)
            return "Dsn.EnvelopeId is empty. Leave it null, or give it a name.";
        // RFC 3461, 4.4: "printable (graphic and white space) characters from the US-ASCII repertoire", because a report has no way to write others.
        var wrong = id.AsSpan().IndexOfAnyExceptInRange(' ', '~');
        if (wrong >= 0)
            return string.Create(CultureInfo.InvariantCulture, $"Dsn.EnvelopeId has the character U+{(int)id[wrong]:X4} at position {wrong}. Use printable ASCII.");
        var length = XText.Encode(id).Length;
        return length > Dsn.MaxEnvelopeIdOctets
            ? string.Create(CultureInfo.InvariantCulture, $"Dsn.EnvelopeId has {length} octets as written for the wire; {Dsn.MaxEnvelopeIdOctets} is the most. Shorten it.")
            : null;
    }

    private static bool AreUnderstood(Envelope envelope, SmtpCapabilities capabilities) => AreRequested(envelope, capabilities) is true;

    private static string Notify(DsnNotify notify)
    {
        if (notify == DsnNotify.Default)
            return "";
        if (notify == DsnNotify.Never)
            return " NOTIFY=NEVER";
        var words = new List<string>(3);
        if (notify.HasFlag(DsnNotify.Success))
            words.Add("SUCCESS");
        if (notify.HasFlag(DsnNotify.Failure))
            words.Add("FAILURE");
        if (notify.HasFlag(DsnNotify.Delay))
            words.Add("DELAY");
        return $" NOTIFY={string.Join(',', words)}";
    }

    // RFC 6533, 3: a local part beyond ASCII is written with escapes of its own, so that ORCPT passes servers that know only ASCII.
    private static string Original(EmailAddress address) =>
        address.NeedsSmtpUtf8 ? $"utf-8;{Utf8AddressXText(address.Address)}" : $"rfc822;{XText.Encode(address.WireAddress)}";

    // utf-8-addr-xtext: QCHAR = %x21-2a / %x2c-3c / %x3e-5b / %x5d-7e, everything else \x{HEX}.
    private static string Utf8AddressXText(string address)
    {
        var text = new StringBuilder();
        foreach (var rune in address.EnumerateRunes())
        {
            if (rune.Value is > ' ' and <= '~' and not ('+' or '=' or '\\'))
                text.Append((char)rune.Value);
            else
                text.Append(CultureInfo.InvariantCulture, $"\\x{{{rune.Value:X2}}}");
        }

        return text.ToString();
    }
}
