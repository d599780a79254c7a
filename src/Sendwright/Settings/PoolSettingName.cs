namespace Sendwright.Settings;

/// <summary>Puts a setting of the pool where its name says, as in <c>Mail:Pool:Connections</c>.</summary>
internal static class PoolSettingName
{
    /// <summary>The names beneath <c>Pool</c>.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        nameof(PoolSettings.Connections), nameof(PoolSettings.MessagesPerConnection), nameof(PoolSettings.MaxAge), nameof(PoolSettings.IdleTimeout),
        nameof(PoolSettings.Window), nameof(PoolSettings.Pipelining), nameof(PoolSettings.Chunking),
    ];

    /// <summary>Puts the value into the settings; what is wrong with it, as the end of a sentence, where it cannot be.</summary>
    public static string? Apply(ref PoolSettings pool, string name, string value)
    {
        string? wrong;
        switch (name)
        {
            case nameof(PoolSettings.Connections):
                wrong = NumberText.Objection(value, 1, PoolSettings.MostConnections, out var connections);
                pool = wrong is null ? pool with { Connections = connections } : pool;
                break;
            case nameof(PoolSettings.MessagesPerConnection):
                wrong = NumberText.Objection(value, 1, int.MaxValue, out var messages);
                pool = wrong is null ? pool with { MessagesPerConnection = messages } : pool;
                break;
            case nameof(PoolSettings.Window):
                wrong = NumberText.Objection(value, 1, PoolSettings.WidestWindow, out var window);
                pool = wrong is null ? pool with { Window = window } : pool;
                break;
            case nameof(PoolSettings.MaxAge):
                wrong = DurationText.Objection(value.Trim(), out var age);
                pool = pool with { MaxAge = age };
                break;
            case nameof(PoolSettings.IdleTimeout):
                wrong = DurationText.Objection(value.Trim(), out var idle);
                pool = pool with { IdleTimeout = idle };
                break;
            case nameof(PoolSettings.Pipelining):
                wrong = Flag(value, out var pipelining);
                pool = pool with { Pipelining = pipelining };
                break;
            default:
                wrong = Flag(value, out var chunking);
                pool = pool with { Chunking = chunking };
                break;
        }

        return wrong;
    }

    /// <summary>What to set instead.</summary>
    public static string Fix(string name) => name switch
    {
        nameof(PoolSettings.Connections) => $"Set it to a number from 1 to {PoolSettings.MostConnections}, such as {PoolSettings.DefaultConnections}, or remove it.",
        nameof(PoolSettings.MessagesPerConnection) => $"Set it to a number from 1 on, such as {PoolSettings.DefaultMessagesPerConnection}, or remove it.",
        nameof(PoolSettings.Window) => $"Set it to a number from 1 to {PoolSettings.WidestWindow}, such as {PoolSettings.DefaultWindow}, or remove it.",
        nameof(PoolSettings.MaxAge) or nameof(PoolSettings.IdleTimeout) => "Set it to a number of seconds, such as 30, or to a time such as 00:00:30.",
        _ => "Set it to True or False.",
    };

    private static string? Flag(string value, out bool flag)
    {
        var read = FlagText.Read(value.Trim());
        flag = read ?? false;
        return read is null ? "is neither True nor False" : null;
    }
}
