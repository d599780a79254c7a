namespace Sendwright.Integration.Tests.Programs;

/// <summary>What <see cref="PythonClient"/> is to send, and how.</summary>
internal sealed record SmtpSubmission
{
    /// <summary><c>none</c>, <c>starttls</c> or <c>implicit</c>.</summary>
    public required string Security { get; init; }

    public string? Username { get; init; }

    public string? Password { get; init; }

    public required string From { get; init; }

    public required string To { get; init; }

    /// <summary>The message, with lines ending in CRLF.</summary>
    public required string Message { get; init; }
}

/// <summary>The reply that ended the conversation: the first refusal, or the one to the message.</summary>
internal sealed record SmtpAnswer(string Stage, int Code, string Text);
