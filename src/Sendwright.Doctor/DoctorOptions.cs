using Sendwright.Evidence;
using Sendwright.Smtp.Connecting;

namespace Sendwright.Doctor;

/// <summary>What a diagnosis may do, and how long.</summary>
public sealed record DoctorOptions
{
    /// <summary>The time for everything together.</summary>
    /// <value>10 seconds.</value>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The sender to offer in MAIL; null for the settings' from address.</summary>
    public EmailAddress? From { get; init; }

    /// <summary>The recipients to offer in RCPT. Without any, the diagnosis ends after the login.</summary>
    public IReadOnlyList<EmailAddress> To { get; init; } = [];

    /// <summary>Told of each stage of the configured way as it ends.</summary>
    public Action<StageRecord>? OnStage { get; init; }

    /// <summary>The resolver to ask; null for the operating system's.</summary>
    internal HostLookup? Lookup { get; init; }
}
