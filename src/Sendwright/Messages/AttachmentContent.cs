using Sendwright.Transport;

namespace Sendwright.Messages;

/// <summary>Where the octets of an attachment come from.</summary>
internal abstract record AttachmentContent
{
    private AttachmentContent()
    {
    }

    /// <summary>The octets before any encoding; null where they are known only once the message is composed.</summary>
    public abstract long? Length { get; }

    /// <summary>How many messages are inside one another: 0 for a file.</summary>
    public virtual int Depth => 0;

    /// <summary>A file in memory.</summary>
    internal sealed record InMemory(ReadOnlyMemory<byte> Octets) : AttachmentContent
    {
        public override long? Length => Octets.Length;
    }

    /// <summary>A file that is opened each time it is written, and never wholly in memory.</summary>
    internal sealed record Streamed(Func<CancellationToken, ValueTask<Stream>> Open, long Octets) : AttachmentContent
    {
        public override long? Length => Octets;
    }

    /// <summary>A message that is composed together with the one that carries it.</summary>
    internal sealed record Forwarded(EmailMessage Message) : AttachmentContent
    {
        public override long? Length => null;

        public override int Depth { get; } = 1 + Deepest(Message.Attachments);

        private static int Deepest(IReadOnlyList<Attachment> attachments)
        {
            var deepest = 0;
            for (var index = 0; index < attachments.Count; index++)
                deepest = Math.Max(deepest, attachments[index].Content.Depth);
            return deepest;
        }
    }

    /// <summary>A message that is ready-made.</summary>
    internal sealed record ForwardedAsIs(IMessageContent Message) : AttachmentContent
    {
        public override long? Length => Message.Size;

        public override int Depth => 1;
    }
}
