using Sendwright.Settings;

namespace Sendwright.Load;

/// <summary>What <c>sendwright-load smtp</c> was asked for.</summary>
internal sealed record SmtpLoadPlan
{
    public required MailSettings Settings { get; init; }

    public required int Messages { get; init; }

    /// <summary>Messages sent before those that are timed, over the same connections.</summary>
    public required int WarmUp { get; init; }

    public required int Size { get; init; }

    /// <summary>Whether each message is composed anew; else one ready-made message is sent again and again.</summary>
    public required bool Composes { get; init; }

    /// <summary>How many callers there are, each waiting for its receipt before it sends again.</summary>
    public required int Concurrency { get; init; }

    /// <summary>Whether each receipt has to hold the reply to its own message.</summary>
    public required bool ChecksReplies { get; init; }
}
