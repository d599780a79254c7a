using System.Text.Json.Serialization;

namespace Sendwright.Integration.Tests.Readers;

/// <summary>A message as a reader saw it, or as its author meant it.</summary>
internal sealed record ReadMessage
{
    public required IReadOnlyList<ReadMailbox> From { get; init; }

    public required IReadOnlyList<ReadMailbox> Sender { get; init; }

    public required IReadOnlyList<ReadMailbox> ReplyTo { get; init; }

    public required IReadOnlyList<ReadMailbox> To { get; init; }

    public required IReadOnlyList<ReadMailbox> Cc { get; init; }

    public required IReadOnlyList<ReadMailbox> Bcc { get; init; }

    public string? Subject { get; init; }

    public DateTimeOffset? Date { get; init; }

    /// <summary>The minutes between the clock that the date is by and UTC.</summary>
    public int? DateOffset { get; init; }

    public string? MessageId { get; init; }

    public string? Text { get; init; }

    public string? Html { get; init; }

    /// <summary>What is neither of the two and no file.</summary>
    public IReadOnlyList<ReadAlternative> Alternatives { get; init; } = [];

    /// <summary>Whether the whole message is one text, so that its last line is the message's.</summary>
    [JsonIgnore]
    public bool IsOnePart => Attachments.Count == 0 && (Text is null ? 0 : 1) + (Html is null ? 0 : 1) + Alternatives.Count <= 1;

    /// <summary>All fields but those above and those of MIME, in their order.</summary>
    public required IReadOnlyList<ReadHeader> Headers { get; init; }

    public required IReadOnlyList<ReadAttachment> Attachments { get; init; }

    /// <summary>What the reader found wrong by its own standard; Python's and Ruby's say.</summary>
    public IReadOnlyList<string> Defects { get; init; } = [];
}

/// <summary>A mailbox; one without an address stands for a group that has none.</summary>
internal sealed record ReadMailbox(string? Group, string? Name, string? Address);

internal sealed record ReadHeader(string Name, string Value);

internal sealed record ReadAlternative(string ContentType, IReadOnlyDictionary<string, string> Parameters, string Text);

/// <summary>A file: its octets in base64, or what a forwarded message holds.</summary>
internal sealed record ReadAttachment(
    string? FileName, string ContentType, IReadOnlyDictionary<string, string> Parameters, string? ContentId, string? Disposition, string? Content, ReadMessage? Message);
