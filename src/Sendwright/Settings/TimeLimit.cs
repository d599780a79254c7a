namespace Sendwright.Settings;

/// <summary>Puts a time limit where its name says.</summary>
internal static class TimeLimit
{
    /// <summary>The names of the limits, as in <c>Mail:Timeouts:Connect</c>.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [nameof(MailTimeouts.Connect), nameof(MailTimeouts.Greeting), nameof(MailTimeouts.Command), nameof(MailTimeouts.Data), nameof(MailTimeouts.EndOfData), nameof(MailTimeouts.Total)];

    /// <summary>
    /// Sets the limit of that name. Without a name it is a foreign library's one limit for each network operation: it goes to all but the end of data, where a short
    /// one makes duplicates (RFC 5321, 4.5.3.2.6).
    /// </summary>
    public static MailTimeouts Apply(MailTimeouts timeouts, string? name, TimeSpan limit) => name switch
    {
        nameof(MailTimeouts.Connect) => timeouts with { Connect = limit },
        nameof(MailTimeouts.Greeting) => timeouts with { Greeting = limit },
        nameof(MailTimeouts.Command) => timeouts with { Command = limit },
        nameof(MailTimeouts.Data) => timeouts with { Data = limit },
        nameof(MailTimeouts.EndOfData) => timeouts with { EndOfData = limit },
        nameof(MailTimeouts.Total) => timeouts with { Total = limit },
        _ => timeouts with { Connect = limit, Greeting = limit, Command = limit, Data = limit },
    };
}
