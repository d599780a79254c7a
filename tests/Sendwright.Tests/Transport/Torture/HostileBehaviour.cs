namespace Sendwright.Tests.Transport.Torture;

/// <summary>What a <see cref="HostileServer"/> does to its clients. Without anything set it is a good server.</summary>
internal sealed record HostileBehaviour
{
    public bool Pipelining { get; init; } = true;

    public bool Chunking { get; init; }

    public bool Size { get; init; } = true;

    public bool EightBitMime { get; init; } = true;

    public PipeliningQuirk Quirk { get; init; }

    /// <summary>The share of connections that die at a random octet.</summary>
    public double Faults { get; init; }

    /// <summary>The faults among which one is chosen.</summary>
    public IReadOnlyList<HostileFault> FaultKinds { get; init; } = [HostileFault.HalfClose, HostileFault.Close, HostileFault.Reset, HostileFault.Silence, HostileFault.Freeze];

    /// <summary>Faults come within this many octets of the connection's input or output.</summary>
    public int FaultWithin { get; init; } = 4000;

    /// <summary>No fault before this many messages were taken on the connection.</summary>
    public int FaultlessMessages { get; init; }

    /// <summary>The share of commands and messages that are refused.</summary>
    public double Refusals { get; init; }

    /// <summary>The share of refusals that are a 421 and the end of the connection.</summary>
    public double Farewells { get; init; }

    /// <summary>The share of connections that are refused at the greeting or at EHLO.</summary>
    public double ConnectionRefusals { get; init; }

    /// <summary>The share of replies that come late.</summary>
    public double Late { get; init; }

    public TimeSpan LongestDelay { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>The share of replies that leave octet by octet.</summary>
    public double ByByte { get; init; }

    /// <summary>After how many messages a connection is closed; 0 is never.</summary>
    public int MessagesPerConnection { get; init; }

    /// <summary>Whether that is said, by 421, or just done.</summary>
    public bool SaysFarewell { get; init; }

    /// <summary>The share of moments without work in which the connection is closed.</summary>
    public double ClosesIdle { get; init; }

    /// <summary>The most connections at a time, others get 421; 0 is any number.</summary>
    public int MaxConnections { get; init; }

    /// <summary>No greeting before this.</summary>
    public Task Opening { get; init; } = Task.CompletedTask;

    /// <summary>Whether DATA gets 354 though no recipient was taken (RFC 2920, 3.1 allows it).</summary>
    public bool ContinuesWithoutRecipient { get; init; }
}
