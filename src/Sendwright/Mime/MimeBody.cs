using System.IO.Pipelines;

namespace Sendwright.Mime;

/// <summary>The body of one part: it encodes itself piece by piece into whatever space the connection has.</summary>
internal abstract class MimeBody
{
    /// <summary>How its octets are written.</summary>
    public abstract TransferEncoding Encoding { get; }

    /// <summary>The octets it writes.</summary>
    public abstract long Size { get; }

    /// <summary>Whether what it writes ends with a line break that is not part of the content, so that a boundary can follow at once.</summary>
    public abstract bool ClosesLastLine { get; }

    /// <summary>Whether what it writes is empty or ends with a line break, as the last line of a message must.</summary>
    public abstract bool EndsAtLineStart { get; }

    /// <summary>Writes it, and flushes each time that <see cref="ContentFlush.Every"/> octets have gathered.</summary>
    /// <returns>The octets since it last flushed.</returns>
    public abstract ValueTask<int> WriteToAsync(PipeWriter writer, CancellationToken cancellationToken);
}
