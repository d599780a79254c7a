namespace Sendwright.Mime.Raw;

/// <summary>What a look at a message's parts has shown: how it becomes 7-bit, if it can.</summary>
/// <param name="Pieces">The message in 7-bit form; null where it cannot be had.</param>
/// <param name="Size">Its octets.</param>
/// <param name="HasEightBitHeader">Whether a header, the message's or a part's, holds octets over 127 as it stands.</param>
internal sealed record SevenBitForm(IReadOnlyList<ContentPiece>? Pieces, long Size, bool HasEightBitHeader);
