namespace Sendwright.Integration.Tests.Readers;

/// <summary>A message as a reader saw it.</summary>
public sealed record ReadMessage
{
    public required IReadOnlyList<ReadMailbox> From { get; init; }

    public required IReadOnlyList<ReadMailbox> Sender { get; init; }

    public required IReadOnlyList<ReadMailbox> ReplyTo { get; init; }

    public required IReadOnlyList<ReadMailbox> To { get; init; }

    public required IReadOnlyList<ReadMailbox> Cc { get; init; }

    public required IReadOnlyList<ReadMailbox> Bcc { get; init; }

    public string? Subject { get; init; }

    public DateTimeOffset? Date { get; init; }

    public string? MessageId { get; init; }

    public string? Text { get; init; }

    public string? Html { get; init; }

    public required IReadOnlyList<ReadHeader> Headers { get; init; }

    public required IReadOnlyList<ReadAttachment> Attachments { get; init; }

    /// <summary>What the reader found wrong by its own standard; only Python's says.</summary>
    public IReadOnlyList<string> Defects { get; init; } = [];
}

public sealed record ReadMailbox(string? Name, string Address);

public sealed record ReadHeader(string Name, string Value);

public sealed record ReadAttachment(string? FileName, string ContentType, string? ContentId, bool IsInline, string Content);
