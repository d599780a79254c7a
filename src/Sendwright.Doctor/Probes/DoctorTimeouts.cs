using Sendwright.Settings;

namespace Sendwright.Doctor.Probes;

/// <summary>Limits for probing: a person waits for the answer.</summary>
internal static class DoctorTimeouts
{
    /// <summary>Three SYNs have gone out by then (at 0, 1 and 3 s): what has not answered is being dropped.</summary>
    private static readonly TimeSpan Connect = TimeSpan.FromSeconds(4.5);

    /// <summary>The limits of the configured way: a slow greeting gets all the time there is.</summary>
    public static MailTimeouts Within(TimeSpan limit) => new()
    {
        Connect = Smaller(Connect, limit),
        Greeting = limit,
        Command = limit,
        Data = limit,
        EndOfData = limit,
        Total = limit,
    };

    /// <summary>The limits of an experiment, which must not outlast the way it explains.</summary>
    public static MailTimeouts ForExperiment { get; } = new()
    {
        Connect = TimeSpan.FromSeconds(3.5),
        Greeting = TimeSpan.FromSeconds(3),
        Command = TimeSpan.FromSeconds(3),
        Data = TimeSpan.FromSeconds(3),
        EndOfData = TimeSpan.FromSeconds(3),
        Total = TimeSpan.FromSeconds(5),
    };

    private static TimeSpan Smaller(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
