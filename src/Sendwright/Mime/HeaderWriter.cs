using System.Buffers;
using System.Text;

namespace Sendwright.Mime;

/// <summary>
/// Writes header fields token by token and folds between tokens. All that a message has besides its bodies (header fields, boundaries) is built in one of these:
/// it is small, it is needed twice (the size beforehand, the octets later), and a fault in it must show before anything is on the wire.
/// </summary>
internal ref struct HeaderWriter
{
    /// <summary>
    /// RFC 5322, 2.1.1 recommends 78, but RFC 2047, 2 demands 76 for a line with an encoded-word; one limit for both.
    /// </summary>
    public const int MaxLine = 76;

    private const int InitialCapacity = 2048;

    private byte[] _buffer;
    private int _lineStart;
    private bool _isFirstToken;

    public HeaderWriter() => _buffer = ArrayPool<byte>.Shared.Rent(InitialCapacity);

    /// <summary>The octets written so far.</summary>
    public int Length { get; private set; }

    /// <summary>The octets left on this line.</summary>
    public readonly int Room => MaxLine - (Length - _lineStart);

    /// <summary>Whether nothing but the field's name stands on this line. Some readers lose a value that only starts on the second line, so nothing folds here unless it must.</summary>
    public readonly bool IsAtStartOfValue => _isFirstToken;

    /// <summary>Starts a field; the name comes with its colon.</summary>
    public void Field(scoped ReadOnlySpan<byte> nameAndColon)
    {
        Append(nameAndColon);
        _isFirstToken = true;
    }

    /// <summary>Starts a field; the name comes without colon.</summary>
    public void Field(scoped ReadOnlySpan<char> name)
    {
        Append(name);
        Append(":"u8);
        _isFirstToken = true;
    }

    /// <summary>Ends the field.</summary>
    public void EndField() => LineBreak();

    /// <summary>A whole field that is always the same and needs no folding; it comes without its line end.</summary>
    public void Line(scoped ReadOnlySpan<byte> field)
    {
        Append(field);
        LineBreak();
    }

    /// <summary>A whole token.</summary>
    public void Token(scoped ReadOnlySpan<byte> token)
    {
        StartToken(token.Length);
        Append(token);
    }

    /// <summary>A whole token; what is not ASCII is written as UTF-8.</summary>
    public void Token(scoped ReadOnlySpan<char> token)
    {
        StartToken(token.Length);
        Append(token);
    }

    /// <summary>Puts a blank, or folds where a token of this length does not fit on the line; its octets are appended next.</summary>
    public void StartToken(int length)
    {
        if (!_isFirstToken && Room < 1 + length)
            LineBreak();
        Append(" "u8);
        _isFirstToken = false;
    }

    /// <summary>Starts the next line of the field, with its blank.</summary>
    public void Fold()
    {
        LineBreak();
        Append(" "u8);
        _isFirstToken = false;
    }

    /// <summary>Ends the line.</summary>
    public void LineBreak()
    {
        Append("\r\n"u8);
        _lineStart = Length;
    }

    /// <summary>Writes octets as they are.</summary>
    public void Append(scoped ReadOnlySpan<byte> octets)
    {
        octets.CopyTo(Free(octets.Length));
        Length += octets.Length;
    }

    /// <summary>Writes characters as UTF-8.</summary>
    public void Append(scoped ReadOnlySpan<char> characters) =>
        Length += Encoding.UTF8.GetBytes(characters, Free(Encoding.UTF8.GetMaxByteCount(characters.Length)));

    /// <summary>Space for octets that the caller writes; <see cref="Advance"/> says how many they were.</summary>
    public Span<byte> Free(int length)
    {
        if (_buffer.Length - Length < length)
            Grow(length);
        return _buffer.AsSpan(Length);
    }

    /// <summary>Takes over octets written into <see cref="Free"/>.</summary>
    public void Advance(int written) => Length += written;

    /// <summary>All that was written; it moves when more is.</summary>
    public readonly ReadOnlySpan<byte> Written => _buffer.AsSpan(0, Length);

    /// <summary>All that was written.</summary>
    public readonly byte[] ToArray() => Written.ToArray();

    /// <summary>Gives the buffer back.</summary>
    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        Length = 0;
    }

    private void Grow(int length)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(2 * _buffer.Length, Length + length));
        _buffer.AsSpan(0, Length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
