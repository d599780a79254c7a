namespace Sendwright.Settings;

/// <summary>
/// Which messages a route takes: those for which every condition holds that is set. In each, <c>*</c> stands for any number of any characters, several texts are parted
/// by commas, and case does not count.
/// </summary>
public sealed record RouteCondition
{
    private Wildcards? _sender;
    private Wildcards? _recipientDomain;

    /// <summary>Takes every message.</summary>
    public static RouteCondition Always { get; } = new();

    /// <summary>
    /// The envelope's sender, such as <c>billing@example.com</c> or <c>*@example.com</c>; <c>&lt;&gt;</c> is the empty sender, that of a report. Null for any.
    /// </summary>
    /// <exception cref="ArgumentException">It can fit no address.</exception>
    public string? Sender
    {
        get => _sender?.ToString();
        init => _sender = value is null ? null : Wildcards.OfAddresses(value);
    }

    /// <summary>
    /// The domain of the recipients, such as <c>example.com</c>, or <c>*.example.com</c> for what lies beneath it. A message is taken where it holds for all of its recipients:
    /// one message goes over one route. Null for any.
    /// </summary>
    /// <exception cref="ArgumentException">It can fit no domain.</exception>
    public string? RecipientDomain
    {
        get => _recipientDomain?.ToString();
        init => _recipientDomain = value is null ? null : Wildcards.OfDomains(value);
    }

    /// <summary>Whether the route takes a message with this envelope.</summary>
    public bool HoldsFor(Envelope envelope)
    {
        ArgumentNullException.ThrowIfNull(envelope);
        if (_sender is not null && !_sender.Fit(envelope.Sender is { } sender ? $"{sender.LocalPart}@{sender.AsciiDomain}" : "<>"))
            return false;
        return _recipientDomain is null || envelope.Recipients.All(recipient => _recipientDomain.Fit(recipient.AsciiDomain));
    }
}
