using Sendwright.Smtp;

namespace Sendwright;

/// <summary>Which reports the sender of a message wants, and what they shall hold (RFC 3461).</summary>
/// <remarks>
/// It is a wish. A server that offers DSN carries it out or hands it on; to one that does not, the message goes without it, and <see cref="DeliveryReceipt.DsnRequested"/> says so.
/// Reports go to <see cref="Envelope.Sender"/>.
/// </remarks>
public sealed record Dsn
{
    /// <summary>The longest <see cref="EnvelopeId"/> as written for the wire, where some characters take three (RFC 3461 lets servers count on that).</summary>
    public const int MaxEnvelopeIdOctets = 100;

    /// <summary>What to report.</summary>
    /// <value><see cref="DsnNotify.Default"/>: the server decides; usually it reports what failed.</value>
    /// <exception cref="ArgumentException"><see cref="DsnNotify.Never"/> stands beside another.</exception>
    public DsnNotify Notify
    {
        get;
        init
        {
            const DsnNotify all = DsnNotify.Never | DsnNotify.Success | DsnNotify.Failure | DsnNotify.Delay;
            if ((value & ~all) != 0)
                throw new ArgumentException($"Dsn.Notify has a flag that does not exist: {(int)value}. Combine Success, Failure and Delay, or set Never.", nameof(Notify));
            // RFC 3461, 4.1: "the NEVER keyword MUST appear by itself".
            if (value.HasFlag(DsnNotify.Never) && value != DsnNotify.Never)
                throw new ArgumentException($"Dsn.Notify is {value}, but Never must stand alone. Remove it, or the others.", nameof(Notify));
            field = value;
        }
    }

    /// <summary>How much of the message a report of failure gives back.</summary>
    /// <value>Null: the server decides.</value>
    public DsnReturn? Return { get; init; }

    /// <summary>The sender's own name for this sending, which the reports repeat: printable ASCII.</summary>
    /// <value>Null: none.</value>
    /// <exception cref="ArgumentException">It is empty, has a character beyond printable ASCII, or is longer than <see cref="MaxEnvelopeIdOctets"/> as written for the wire.</exception>
    public string? EnvelopeId
    {
        get;
        init
        {
            if (value is not null && DsnParameters.FaultInEnvelopeId(value) is { } fault)
                throw new ArgumentException(fault, nameof(EnvelopeId));
            field = value;
        }
    }

    /// <summary>Whom a message was first meant for, where that is another address than the one it goes to: for relays and lists. Recipients that are missing here are their own.</summary>
    public IReadOnlyDictionary<EmailAddress, EmailAddress> OriginalRecipients { get; init; } = new Dictionary<EmailAddress, EmailAddress>();
}

/// <summary>What the sender is told about a message (RFC 3461, 4.1).</summary>
[Flags]
public enum DsnNotify
{
    /// <summary>What the server holds to be right, usually failures.</summary>
    Default = 0,

    /// <summary>Nothing, whatever happens. Stands alone.</summary>
    Never = 1,

    /// <summary>It was delivered.</summary>
    Success = 2,

    /// <summary>It could not be delivered.</summary>
    Failure = 4,

    /// <summary>It is still on its way, later than usual.</summary>
    Delay = 8,
}

/// <summary>How much of the message a report of failure holds (RFC 3461, 4.3).</summary>
public enum DsnReturn
{
    /// <summary>All of it.</summary>
    Full,

    /// <summary>Its header.</summary>
    Headers,
}
