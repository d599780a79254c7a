using System.Buffers;
using System.IO.Pipelines;

namespace Sendwright.Mime.Dkim;

/// <summary>
/// Takes a message as a connection would and keeps its header and the hashes of its body. The header decides which keys sign, and so which forms of the body are
/// needed: the body passes once, whatever the number of keys.
/// </summary>
internal sealed class DigestWriter : PipeWriter, IDisposable
{
    /// <summary>A header with tens of thousands of recipients stays below; what does not end at all must not fill the memory.</summary>
    public const int LongestHeader = 1024 * 1024;

    private const int PieceOctets = 16 * 1024;

    private readonly IReadOnlyList<SigningKey> _keys;
    private readonly List<BodyHash> _bodies = [];
    private ArrayBufferWriter<byte>? _header = new(2048);
    private byte[] _piece = ArrayPool<byte>.Shared.Rent(PieceOctets);
    private int _filled;
    private long _unflushed;

    public DigestWriter(IReadOnlyList<SigningKey> keys) => _keys = keys;

    /// <summary>The message's octets.</summary>
    public long Length { get; private set; }

    /// <summary>The header; there once the message is complete.</summary>
    public HeaderBlock Header { get; private set; } = new(default);

    /// <summary>The keys that sign this message.</summary>
    public IReadOnlyList<SigningKey> Chosen { get; private set; } = [];

    /// <summary>The body's hash for each form that a chosen key wants; there once the message is complete.</summary>
    public Dictionary<DkimCanonicalization, byte[]> BodyHashes { get; } = [];

    /// <inheritdoc />
    public override bool CanGetUnflushedBytes => true;

    /// <inheritdoc />
    public override long UnflushedBytes => _unflushed;

    /// <inheritdoc />
    public override Memory<byte> GetMemory(int sizeHint = 0)
    {
        MakeRoom(sizeHint);
        return _piece.AsMemory(_filled);
    }

    /// <inheritdoc />
    public override Span<byte> GetSpan(int sizeHint = 0)
    {
        MakeRoom(sizeHint);
        return _piece.AsSpan(_filled);
    }

    /// <inheritdoc />
    public override void Advance(int bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bytes, _piece.Length - _filled);
        _filled += bytes;
        _unflushed += bytes;
    }

    /// <inheritdoc />
    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _unflushed = 0;
        return default;
    }

    /// <inheritdoc />
    public override void CancelPendingFlush()
    {
    }

    /// <inheritdoc />
    public override void Complete(Exception? exception = null)
    {
    }

    /// <summary>The message is complete.</summary>
    /// <exception cref="InvalidDataException">It cannot be signed.</exception>
    public void Finish()
    {
        Take();
        if (_header is { } header)
        {
            // A message may end with its header; the last line end is then the transport's to add.
            if (header.WrittenCount > 0 && !header.WrittenSpan.EndsWith("\r\n"u8))
                header.Write("\r\n"u8);
            EndHeader(header.WrittenMemory);
        }

        foreach (var body in _bodies)
            BodyHashes.Add(body.Canonicalization, body.Finish());
    }

    /// <inheritdoc />
    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_piece);
        _piece = [];
        _filled = 0;
        foreach (var body in _bodies)
            body.Dispose();
        _bodies.Clear();
    }

    private void MakeRoom(int sizeHint)
    {
        if (_piece.Length - _filled >= Math.Max(sizeHint, 1))
            return;
        Take();
        if (_piece.Length >= sizeHint)
            return;
        ArrayPool<byte>.Shared.Return(_piece);
        _piece = ArrayPool<byte>.Shared.Rent(sizeHint);
    }

    private void Take()
    {
        var piece = _piece.AsSpan(0, _filled);
        Length += _filled;
        _filled = 0;
        if (_header is { } header)
            piece = TakeHeader(header, piece);
        foreach (var body in _bodies)
            body.Append(piece);
    }

    /// <summary>Adds to the header up to its end; returns what belongs to the body.</summary>
    private Span<byte> TakeHeader(ArrayBufferWriter<byte> header, Span<byte> piece)
    {
        const string End = "\r\n\r\n";
        var before = header.WrittenCount;
        header.Write(piece);
        var octets = header.WrittenMemory;
        // The end may lie across two pieces; a message without any field starts with it.
        var searched = Math.Max(0, before - (End.Length - 1));
        var found = octets.Span[searched..].IndexOf("\r\n\r\n"u8);
        var (headerLength, bodyStart) = octets.Span.StartsWith("\r\n"u8) ? (0, 2) : found < 0 ? (octets.Length, -1) : (searched + found + 2, searched + found + End.Length);
        if (headerLength > LongestHeader)
            throw new InvalidDataException($"The message's header has more than {LongestHeader} octets, so the message cannot be signed. Send it to fewer recipients at a time, or shorten its fields.");
        if (bodyStart < 0)
            return [];
        EndHeader(octets[..headerLength]);
        return piece[(bodyStart - before)..];
    }

    private void EndHeader(ReadOnlyMemory<byte> octets)
    {
        _header = null;
        Header = new HeaderBlock(octets);
        Chosen = KeyChoice.For(AuthorDomains.Of(AuthorField()), _keys);
        foreach (var form in Chosen.Select(key => key.Settings.BodyCanonicalization).Distinct())
            _bodies.Add(new BodyHash(form));
    }

    /// <summary>A reader shows one From field and a receiver may check another (RFC 6376, 8.15): a message with two is not vouched for.</summary>
    private ReadOnlySpan<byte> AuthorField()
    {
        var author = -1;
        for (var index = 0; index < Header.Count; index++)
        {
            if (!Header.IsNamed(index, "From"))
                continue;
            if (author >= 0)
                throw new InvalidDataException("The message has more than one From field, so it cannot be signed: readers and receivers would take different ones for the author (RFC 5322, 3.6). Remove all but one.");
            author = index;
        }

        return author >= 0 ? Header.Value(author) : throw new InvalidDataException("The message has no From field, so it cannot be signed (RFC 6376, 5.4). Add one.");
    }
}
