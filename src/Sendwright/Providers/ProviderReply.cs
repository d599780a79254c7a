namespace Sendwright.Providers;

/// <summary>A reply of a provider and what it means there.</summary>
internal sealed record ProviderReply
{
    /// <summary>The codes, and the words behind them where the codes alone do not decide.</summary>
    public required string Match { get; init; }

    public required string Meaning { get; init; }

    /// <summary>Whether it is the provider's HTTP API that replies so, not its SMTP server.</summary>
    public bool IsHttp { get; init; }

    public required ReplyRetry Retry { get; init; }
}

/// <summary>Whether the provider says that trying again helps.</summary>
internal enum ReplyRetry
{
    /// <summary>Not without a change.</summary>
    No,

    /// <summary>Yes, later.</summary>
    Later,

    /// <summary>After an hour.</summary>
    AfterHour,

    /// <summary>After a day.</summary>
    AfterDay,

    /// <summary>With fewer recipients, or less content, at a time.</summary>
    Split,
}
