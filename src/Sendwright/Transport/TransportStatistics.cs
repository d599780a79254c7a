namespace Sendwright.Transport;

/// <summary>What a transport is doing at one moment, and has done since it was made.</summary>
public sealed record TransportStatistics
{
    /// <summary>The messages that wait for a connection.</summary>
    public required int Waiting { get; init; }

    /// <summary>The messages that are on a connection, with no reply yet.</summary>
    public required int UnderWay { get; init; }

    /// <summary>The connections that are open or being opened.</summary>
    public required int Connections { get; init; }

    /// <summary>Of these, the ones being opened.</summary>
    public required int Connecting { get; init; }

    /// <summary>Of these, the ones without work.</summary>
    public required int Idle { get; init; }

    /// <summary>The most connections allowed at this moment. It is less than the settings say while the server refuses more.</summary>
    public required int ConnectionLimit { get; init; }

    /// <summary>The messages that the server took.</summary>
    public required long Accepted { get; init; }

    /// <summary>The messages that the server refused, or that could not be offered to it.</summary>
    public required long Refused { get; init; }

    /// <summary>The messages of which nobody here knows whether the server took them.</summary>
    public required long Unknown { get; init; }

    /// <summary>The messages that were not sent because no connection could be had or kept, or because they could not be read.</summary>
    public required long Failed { get; init; }

    /// <summary>The messages that were not sent because the caller cancelled.</summary>
    public required long Cancelled { get; init; }

    /// <summary>How often a message was given to another connection, because the one that it was on ended and it had certainly not been sent.</summary>
    public required long Resent { get; init; }

    /// <summary>The connections opened.</summary>
    public required long Opened { get; init; }

    /// <summary>The connections that could not be opened.</summary>
    public required long OpenFailed { get; init; }

    /// <summary>Whether the server turned out not to bear commands in groups, and gets them one at a time.</summary>
    public required bool OneCommandAtATime { get; init; }
}
