namespace Sendwright.Smtp.Wire;

/// <summary>The encoding of parameter values that may hold any character (RFC 3461, 4).</summary>
internal static class XText
{
    /// <summary>Whether the octets are <c>*( xchar / "+" 2HEXDIG )</c>, with upper-case digits as the RFC has it.</summary>
    public static bool IsValid(ReadOnlySpan<byte> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case (byte)'+' when i + 2 < text.Length && IsUpperHex(text[i + 1]) && IsUpperHex(text[i + 2]):
                    i += 2;
                    break;
                case (byte)'+' or (byte)'=' or < 33 or > 126:
                    return false;
            }
        }

        return true;
    }

    private static bool IsUpperHex(byte octet) => octet is >= (byte)'0' and <= (byte)'9' or >= (byte)'A' and <= (byte)'F';
}
