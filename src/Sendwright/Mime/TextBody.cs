using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Sendwright.Mime;

/// <summary>A text in UTF-8, encoded from its characters straight into the destination.</summary>
internal sealed class TextBody(string text) : InMemoryBody
{
    /// <inheritdoc />
    public override TransferEncoding Encoding { get; } = TextEncodingChoice.For(text);

    /// <inheritdoc />
    public override long Size => Encoding switch
    {
        TransferEncoding.SevenBit => LineBreaks.CanonicalLength(text),
        TransferEncoding.QuotedPrintable => QuotedPrintable.EncodedLength(text),
        _ => Base64Lines.EncodedLength(LineBreaks.CanonicalLength(text)),
    };

    /// <inheritdoc />
    public override bool ClosesLastLine => Encoding == TransferEncoding.Base64;

    /// <inheritdoc />
    public override bool EndsAtLineStart => Encoding == TransferEncoding.Base64 || text.Length == 0 || text[^1] is '\r' or '\n';

    /// <inheritdoc />
    public override bool Encode(ref BodyCursor cursor, Span<byte> destination, out int written)
    {
        switch (Encoding)
        {
            case TransferEncoding.SevenBit:
                return EncodeSevenBit(ref cursor, destination, out written);
            case TransferEncoding.QuotedPrintable:
                var status = QuotedPrintable.Encode(text.AsSpan(cursor.Position), destination, ref cursor.Column, out var consumed, out written);
                cursor.Position += consumed;
                return status == OperationStatus.Done;
            default:
                return EncodeBase64(ref cursor, destination, out written);
        }
    }

    private bool EncodeSevenBit(ref BodyCursor cursor, Span<byte> destination, out int written)
    {
        written = 0;
        while (cursor.Position < text.Length)
        {
            var rest = text.AsSpan(cursor.Position);
            var line = rest.IndexOfAny('\r', '\n');
            var run = Math.Min(line < 0 ? rest.Length : line, destination.Length - written);
            _ = Ascii.FromUtf16(rest[..run], destination[written..], out _);
            written += run;
            cursor.Position += run;
            if (run != line)
            {
                if (cursor.Position < text.Length)
                    return false;
                break;
            }

            if (destination.Length - written < 2)
                return false;
            "\r\n"u8.CopyTo(destination[written..]);
            written += 2;
            cursor.Position += LineBreaks.LengthAtStart(rest[run..]);
        }

        return true;
    }

    private bool EncodeBase64(ref BodyCursor cursor, Span<byte> destination, out int written)
    {
        written = 0;
        Span<byte> block = stackalloc byte[Base64Lines.LinesPerBlock * Base64Lines.OctetsPerLine];
        while (cursor.Position < text.Length || cursor.CarryLength > 0)
        {
            var lines = Math.Min(Base64Lines.LinesPerBlock, (destination.Length - written) / Base64Lines.LineLength);
            if (lines == 0)
                return false;
            var octets = FillBlock(ref cursor, block[..(lines * Base64Lines.OctetsPerLine)]);
            // The block is full, or the text is at its end: only then may a line be short.
            _ = Base64Lines.Encode(block[..octets], destination[written..], out _, out var length, isFinalBlock: true);
            written += length;
        }

        return true;
    }

    /// <summary>Fills a block to its last octet with canonical text, or up to the end of the text. A character that only partly fits leaves its other octets in the cursor.</summary>
    private int FillBlock(ref BodyCursor cursor, Span<byte> block)
    {
        Span<byte> piece = stackalloc byte[4];
        var filled = TakeCarry(ref cursor, block);
        while (filled < block.Length && cursor.Position < text.Length)
        {
            // No further than the block: a text without line breaks would be searched to its end for each block of it.
            var rest = text.AsSpan(cursor.Position, Math.Min(text.Length - cursor.Position, block.Length - filled + 1));
            var line = rest.IndexOfAny('\r', '\n');
            if (line != 0)
            {
                _ = Utf8.FromUtf16(line < 0 ? rest : rest[..line], block[filled..], out var taken, out var count);
                cursor.Position += taken;
                filled += count;
                if (taken > 0)
                    continue;
            }

            int size;
            if (line == 0)
            {
                "\r\n"u8.CopyTo(piece);
                size = 2;
                cursor.Position += LineBreaks.LengthAtStart(rest);
            }
            else
            {
                _ = Rune.DecodeFromUtf16(rest, out var rune, out var units);
                size = rune.EncodeToUtf8(piece);
                cursor.Position += units;
            }

            var fits = Math.Min(size, block.Length - filled);
            piece[..fits].CopyTo(block[filled..]);
            filled += fits;
            for (var index = size - 1; index >= fits; index--)
                cursor.Carry = (cursor.Carry << 8) | piece[index];
            cursor.CarryLength = size - fits;
        }

        return filled;
    }

    private static int TakeCarry(ref BodyCursor cursor, Span<byte> block)
    {
        var taken = 0;
        for (; cursor.CarryLength > 0; cursor.CarryLength--)
        {
            block[taken++] = (byte)cursor.Carry;
            cursor.Carry >>= 8;
        }

        return taken;
    }
}
