using Sendwright.Integration.Tests.Programs;

namespace Sendwright.Integration.Tests.Tool;

/// <summary>A delivered message as Python's email package reads it.</summary>
internal sealed record ReceivedMessage
{
    public required IReadOnlyList<string> From { get; init; }

    public required IReadOnlyList<string> To { get; init; }

    public required string Subject { get; init; }

    public required string Date { get; init; }

    public required string MessageId { get; init; }

    /// <summary>The types of all parts, outermost first.</summary>
    public required IReadOnlyList<string> Structure { get; init; }

    public required string Text { get; init; }

    public required string Html { get; init; }

    public required IReadOnlyList<ReceivedAttachment> Attachments { get; init; }

    /// <summary>What the parser found wrong in any part.</summary>
    public required IReadOnlyList<string> Defects { get; init; }

    /// <summary>Whether every byte on the wire was ASCII.</summary>
    public required bool Ascii { get; init; }

    public static Task<ReceivedMessage> ReadAsync(byte[] message, CancellationToken cancellationToken) =>
        PythonClient.RunAsync<ReceivedMessage>(
            """
            import base64, email, email.policy, json, sys

            content = base64.b64decode(json.load(sys.stdin)["message"])
            message = email.message_from_bytes(content, policy=email.policy.default)
            parts = list(message.walk())
            json.dump({
                "from": [str(mailbox) for mailbox in message["From"].addresses],
                "to": [str(mailbox) for mailbox in message["To"].addresses],
                "subject": message["Subject"],
                "date": message["Date"].datetime.isoformat(),
                "messageId": message["Message-ID"],
                "structure": [part.get_content_type() for part in parts],
                "text": message.get_body(("plain",)).get_content(),
                "html": message.get_body(("html",)).get_content(),
                "attachments": [
                    {"fileName": part.get_filename(), "type": part.get_content_type(), "content": base64.b64encode(part.get_payload(decode=True)).decode()}
                    for part in message.iter_attachments()
                ],
                "defects": [str(defect) for part in parts for defect in part.defects]
                    + [str(defect) for part in parts for _, value in part.items() for defect in value.defects],
                "ascii": content.isascii(),
            }, sys.stdout)
            """,
            new { Message = Convert.ToBase64String(message) },
            cancellationToken);
}

internal sealed record ReceivedAttachment(string FileName, string Type, string Content);
