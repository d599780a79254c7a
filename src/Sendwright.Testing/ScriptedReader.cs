namespace Sendwright.Testing;

/// <summary>Reads what the client sends: lines, counted bytes, messages. It never reads on while it holds an answer, so TLS can start between two lines.</summary>
internal sealed class ScriptedReader
{
    private readonly byte[] _chunk = new byte[16 * 1024];
    private readonly List<byte> _buffered = [];
    private Stream _stream;

    public ScriptedReader(Stream stream) => _stream = stream;

    public int Buffered => _buffered.Count;

    public void ContinueOn(Stream stream) => _stream = stream;

    /// <summary>The next line without its line end; null where the client closed first. A bare LF ends no line: it stays in it, where a test can see it.</summary>
    public async ValueTask<byte[]?> ReadLineAsync(CancellationToken cancellationToken)
    {
        var seen = 0;
        while (true)
        {
            for (; seen + 1 < _buffered.Count; seen++)
            {
                if (_buffered[seen] == '\r' && _buffered[seen + 1] == '\n')
                    return Take(seen, drop: 2);
            }

            if (!await FillAsync(cancellationToken).ConfigureAwait(false))
                return null;
        }
    }

    public async ValueTask<byte[]?> ReadExactlyAsync(int count, CancellationToken cancellationToken)
    {
        while (_buffered.Count < count)
        {
            if (!await FillAsync(cancellationToken).ConfigureAwait(false))
                return null;
        }

        return Take(count, drop: 0);
    }

    /// <summary>Whatever comes, at least one byte; null where the client closed.</summary>
    public async ValueTask<byte[]?> ReadSomeAsync(CancellationToken cancellationToken)
    {
        if (_buffered.Count == 0 && !await FillAsync(cancellationToken).ConfigureAwait(false))
            return null;
        return Take(_buffered.Count, drop: 0);
    }

    public byte[] TakeBuffered() => Take(_buffered.Count, drop: 0);

    private async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        var read = await _stream.ReadAsync(_chunk, cancellationToken).ConfigureAwait(false);
        _buffered.AddRange(_chunk.AsSpan(0, read));
        return read > 0;
    }

    private byte[] Take(int count, int drop)
    {
        var taken = _buffered.GetRange(0, count).ToArray();
        _buffered.RemoveRange(0, count + drop);
        return taken;
    }
}
