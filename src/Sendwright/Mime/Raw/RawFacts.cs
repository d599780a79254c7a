using Sendwright.Messages;

namespace Sendwright.Mime.Raw;

/// <summary>What a message's own header says about it.</summary>
internal sealed class RawFacts
{
    /// <summary>
    /// Fields that must not travel: who gets a blind copy (RFC 5322, 3.6.3), and what only the final delivery may add (RFC 5321, 4.4: "A message-originating SMTP system SHOULD NOT
    /// send a message that already contains a Return-path header field").
    /// </summary>
    private static readonly string[] Private = ["Bcc", "Resent-Bcc", "Return-Path"];

    private RawFacts(string? messageId, bool isSigned, bool isEightBit)
    {
        MessageId = messageId;
        IsSigned = isSigned;
        IsEightBit = isEightBit;
    }

    public string? MessageId { get; }

    public bool IsSigned { get; }

    /// <summary>Whether the header, not the body, holds an octet over 127.</summary>
    public bool IsEightBit { get; }

    public static RawFacts Of(RawHeader header) => new(
        header.Only("Message-ID") is { } field && header.Body(field) is var id && MessageIdGrammar.IsMessageId(id) ? id : null,
        IsSignedBy(header),
        header.Octets.Span.ContainsAnyInRange((byte)128, (byte)255));

    /// <summary>The stretches of the header that travel. All of them, where a signature could be about any of them.</summary>
    public IEnumerable<ContentPiece> Public(RawHeader header, long end)
    {
        long start = 0;
        foreach (var field in header.Fields)
        {
            if (IsSigned || !IsPrivate(field))
                continue;
            if (field.Start > start)
                yield return new ContentPiece(PieceKind.Copy, start, field.Start - start);
            start = field.End;
        }

        if (end > start)
            yield return new ContentPiece(PieceKind.Copy, start, end - start);
    }

    public static bool IsPrivate(RawField field) => Private.Any(field.Is);

    // DKIM (RFC 6376), ARC (RFC 8617), and S/MIME or OpenPGP (RFC 1847): each breaks when an octet changes.
    private static bool IsSignedBy(RawHeader header)
    {
        foreach (var field in header.Fields)
        {
            if (field.Is("DKIM-Signature") || field.Name.StartsWith("ARC-", StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return header.Only("Content-Type") is { } type && MimeValue.Parse(header.Body(type)).Is("multipart/signed");
    }
}
