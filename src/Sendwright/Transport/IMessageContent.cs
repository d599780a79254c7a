using System.IO.Pipelines;

namespace Sendwright.Transport;

/// <summary>A message that can write itself: header, blank line, body, with CRLF line ends and no dot-stuffing. It can be written more than once.</summary>
public interface IMessageContent
{
    /// <summary>The octets that <see cref="WriteToAsync"/> writes; null where that is not known beforehand.</summary>
    long? Size { get; }

    /// <summary>The Message-ID with its angle brackets; null where the message has none.</summary>
    string? MessageId { get; }

    /// <summary>Whether any octet is over 127.</summary>
    bool IsEightBit { get; }

    /// <summary>Whether its header holds UTF-8, so that only a server with SMTPUTF8 can take it (RFC 6531).</summary>
    bool NeedsSmtpUtf8 => false;

    /// <summary>Whether a line has more than 998 octets besides its CRLF. Such content is neither 7bit nor 8bit data (RFC 2045, 2.7 and 2.8), and many servers refuse or break it.</summary>
    bool HasOverlongLine => false;

    /// <summary>Whether its last octets are a CRLF. Only then can it go out by BDAT (RFC 3030), which counts octets; behind DATA a missing line end is added.</summary>
    bool EndsWithLineEnd => false;

    /// <summary>
    /// The same message in 7-bit form, for a server without 8BITMIME (RFC 6152) and before it is signed (RFC 6376, 5.3); this one where it is 7-bit already, null where that cannot be had, as of one that is signed.
    /// </summary>
    IMessageContent? ToSevenBit() => IsEightBit ? null : this;

    /// <summary>Writes the message. The writer flushes by itself when its buffer is full and <c>FlushAsync</c> is called.</summary>
    ValueTask WriteToAsync(PipeWriter writer, CancellationToken cancellationToken = default);
}
