namespace Sendwright.Mime;

/// <summary>How a body becomes lines of 7-bit characters (RFC 2045, 6).</summary>
internal enum TransferEncoding
{
    /// <summary>As it is.</summary>
    SevenBit,

    /// <summary>As it is, with octets over 127: only an international message inside a message has no other form.</summary>
    EightBit,

    /// <summary>Mostly as it is, the rest as <c>=XX</c>.</summary>
    QuotedPrintable,

    /// <summary>Four characters for three octets.</summary>
    Base64,
}
