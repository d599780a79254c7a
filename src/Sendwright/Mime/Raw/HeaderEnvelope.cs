namespace Sendwright.Mime.Raw;

/// <summary>The envelope that a ready-made header asks for, as <c>sendmail -t</c> reads it: from Sender or else From, to everyone in To, Cc and Bcc.</summary>
internal static class HeaderEnvelope
{
    private static readonly string[] Recipients = ["To", "Cc", "Bcc"];

    /// <summary>Reads it.</summary>
    /// <exception cref="FormatException">The header does not say, says it twice, or has what is no address.</exception>
    public static Envelope Of(RawHeader header)
    {
        // RFC 5322, 3.6.6: with Resent- fields the header tells of two journeys, and which of them is meant now nobody knows.
        if (header.Fields.FirstOrDefault(field => field.Name.StartsWith("Resent-", StringComparison.OrdinalIgnoreCase)) is { Name: { } resent })
            throw new FormatException($"The message has the field {resent}: it was sent before, so its header does not tell whom it is for now. Give the Envelope yourself.");
        var senders = Read(header, "Sender") is { Count: > 0 } named ? named : Read(header, "From");
        if (senders.Count != 1)
            throw new FormatException($"The message has {senders.Count} addresses in {(header.Has("Sender") ? "Sender" : "From, and no Sender")}; one of them must be who sends it. Correct the header, or give the Envelope yourself.");
        var recipients = Recipients.SelectMany(name => Read(header, name)).DistinctBy(address => (address.LocalPart, address.AsciiDomain.ToLowerInvariant())).ToList();
        if (recipients.Count == 0)
            throw new FormatException("The message has no recipient in To, Cc or Bcc. Add one, or give the Envelope yourself.");
        return new Envelope { Sender = senders[0], Recipients = recipients.AsReadOnly() };
    }

    private static List<EmailAddress> Read(RawHeader header, string name)
    {
        var addresses = new List<EmailAddress>();
        foreach (var field in header.Fields.Where(field => field.Is(name)))
        {
            var body = header.BodyAsUtf8(field)
                ?? throw new FormatException($"The field {name} is neither ASCII nor UTF-8, so nobody can say which addresses it holds. Correct it, or give the Envelope yourself.");
            // An empty field is one that was not filled in.
            if (!string.IsNullOrWhiteSpace(body))
                addresses.AddRange(Parse(name, body));
        }

        return addresses;
    }

    private static AddressList Parse(string name, string body)
    {
        try
        {
            return AddressList.Parse(body);
        }
        catch (FormatException e)
        {
            throw new FormatException($"The field {name}: {e.Message} Correct it, or give the Envelope yourself.", e);
        }
    }
}
