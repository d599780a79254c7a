using Sendwright.Smtp.Wire;

namespace Sendwright;

/// <summary>A server's word that it answers for a message from here on (RFC 5321, 6.1).</summary>
public sealed record DeliveryReceipt
{
    /// <summary>The message's Message-ID, with its angle brackets.</summary>
    public string? MessageId { get; init; }

    /// <summary>The reply to the end of the message; most servers name their queue's id in it.</summary>
    public required SmtpReply Reply { get; init; }

    /// <summary>Each recipient's own outcome. Some may have been refused; nobody accepted is an exception, not a receipt.</summary>
    public required IReadOnlyList<RecipientOutcome> Recipients { get; init; }

    /// <summary>
    /// Whether the server was told of <see cref="Envelope.Dsn"/>; false where it does not offer DSN (RFC 3461) and the message went without, null where the envelope asks for nothing.
    /// </summary>
    public bool? DsnRequested { get; init; }

    /// <summary>The server, as <c>host:port</c>.</summary>
    public required string Server { get; init; }

    /// <summary>The route it went over, of several; null where there is one only.</summary>
    public string? Route { get; init; }

    /// <summary>What went wrong on the routes that were tried before, in the order in which they were; each with its <see cref="DeliveryFailure.Route"/>.</summary>
    public IReadOnlyList<DeliveryFailure> OtherRoutes { get; init; } = [];

    /// <summary>The TLS version in use, such as <c>TLS 1.3</c>; null in clear text.</summary>
    public string? Tls { get; init; }

    /// <summary>From the first lookup to the last reply.</summary>
    public TimeSpan Elapsed { get; init; }
}
