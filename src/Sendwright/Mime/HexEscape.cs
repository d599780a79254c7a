using System.Runtime.CompilerServices;

namespace Sendwright.Mime;

/// <summary><c>=XX</c> of quoted-printable and of Q; "uppercase letters must be used" (RFC 2045, 6.7 (1)).</summary>
internal static class HexEscape
{
    /// <summary>The characters that one octet takes.</summary>
    public const int Length = 3;

    private static ReadOnlySpan<byte> Digits => "0123456789ABCDEF"u8;

    /// <summary>Writes one octet behind a mark, <c>=</c> by default, and says how long that is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Write(byte octet, Span<byte> destination, byte mark = (byte)'=')
    {
        destination[2] = Digits[octet & 0xF];
        destination[1] = Digits[octet >> 4];
        destination[0] = mark;
        return Length;
    }
}
