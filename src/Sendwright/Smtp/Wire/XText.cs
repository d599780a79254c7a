using System.Globalization;
using System.Text;

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

    /// <summary>The text as xtext: of ASCII, what is no <c>xchar</c> becomes <c>+</c> and two digits.</summary>
    public static string Encode(string text)
    {
        var encoded = new StringBuilder(text.Length);
        foreach (var octet in Encoding.UTF8.GetBytes(text))
        {
            if (octet is > (byte)' ' and <= (byte)'~' and not ((byte)'+' or (byte)'='))
                encoded.Append((char)octet);
            else
                encoded.Append(CultureInfo.InvariantCulture, $"+{octet:X2}");
        }

        return encoded.ToString();
    }

    private static bool IsUpperHex(byte octet) => octet is >= (byte)'0' and <= (byte)'9' or >= (byte)'A' and <= (byte)'F';
}
