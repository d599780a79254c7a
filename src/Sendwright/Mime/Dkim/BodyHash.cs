using System.Buffers;
using System.Security.Cryptography;

namespace Sendwright.Mime.Dkim;

/// <summary>
/// The hash of a body in one of its two forms (RFC 6376, 3.4.3 and 3.4.4). The body comes in pieces cut anywhere; what is held back between them is counts and flags,
/// so a body of any size needs the same memory.
/// </summary>
/// <remarks>A blank before a CR is taken as one at a line's end: content has no bare CR.</remarks>
internal sealed class BodyHash(DkimCanonicalization canonicalization) : IDisposable
{
    /// <summary>Calls into the platform's hash are dear beside hashing a word, so short runs are gathered.</summary>
    private const int GatheredOctets = 4096;

    private const int LineEndOctets = 2;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] _gathered = ArrayPool<byte>.Shared.Rent(GatheredOctets);
    private int _gatheredCount;
    private bool _hasContent;
    private bool _isBlankHeld;
    private bool _isReturnHeld;
    private long _lineEndsHeld;

    public DkimCanonicalization Canonicalization => canonicalization;

    public void Append(ReadOnlySpan<byte> piece)
    {
        if (canonicalization is DkimCanonicalization.Simple)
            AppendLines(piece);
        else
            AppendRelaxed(piece);
    }

    /// <summary>The hash of the whole body. Nothing can be appended after it.</summary>
    public byte[] Finish()
    {
        if (_isReturnHeld)
            Emit("\r"u8);
        // RFC 6376, 3.4.3: without content the simple form is one line end; 3.4.4: the relaxed one is nothing.
        if (_hasContent || canonicalization is DkimCanonicalization.Simple)
            Gather("\r\n"u8);
        _hash.AppendData(_gathered, 0, _gatheredCount);
        return _hash.GetHashAndReset();
    }

    public void Dispose()
    {
        _hash.Dispose();
        ArrayPool<byte>.Shared.Return(_gathered);
    }

    /// <summary>Makes every run of blanks one space, and none of those at a line's end.</summary>
    private void AppendRelaxed(ReadOnlySpan<byte> piece)
    {
        while (!piece.IsEmpty)
        {
            if (_isBlankHeld)
            {
                piece = piece.TrimStart(" \t"u8);
                if (piece.IsEmpty)
                    return;
                if (piece[0] != '\r')
                    AppendLines(" "u8);
                _isBlankHeld = false;
            }

            var change = BlankSearch.IndexOfChange(piece);
            if (change < 0)
            {
                AppendLines(piece);
                return;
            }

            AppendLines(piece[..change]);
            _isBlankHeld = true;
            piece = piece[(change + 1)..];
        }
    }

    /// <summary>Holds back the line ends at the end, which count only once something follows.</summary>
    private void AppendLines(ReadOnlySpan<byte> piece)
    {
        if (piece.IsEmpty)
            return;
        if (_isReturnHeld)
        {
            _isReturnHeld = false;
            if (piece[0] == '\n')
            {
                _lineEndsHeld++;
                piece = piece[1..];
            }
            else
            {
                Emit("\r"u8);
            }
        }

        if (piece.EndsWith("\r"u8))
        {
            _isReturnHeld = true;
            piece = piece[..^1];
        }

        var content = piece;
        while (content.EndsWith("\r\n"u8))
            content = content[..^LineEndOctets];
        if (!content.IsEmpty)
            Emit(content);
        _lineEndsHeld += (piece.Length - content.Length) / LineEndOctets;
    }

    private void Emit(ReadOnlySpan<byte> content)
    {
        for (; _lineEndsHeld > 0; _lineEndsHeld--)
            Gather("\r\n"u8);
        _hasContent = true;
        Gather(content);
    }

    private void Gather(ReadOnlySpan<byte> octets)
    {
        if (octets.Length > GatheredOctets - _gatheredCount)
        {
            _hash.AppendData(_gathered, 0, _gatheredCount);
            _gatheredCount = 0;
            if (octets.Length > GatheredOctets)
            {
                _hash.AppendData(octets);
                return;
            }
        }

        octets.CopyTo(_gathered.AsSpan(_gatheredCount));
        _gatheredCount += octets.Length;
    }
}
