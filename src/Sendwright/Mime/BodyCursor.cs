namespace Sendwright.Mime;

/// <summary>How far a body has been written. It lives outside the body, so that one message can be written to several connections at a time.</summary>
internal struct BodyCursor
{
    /// <summary>What has been taken from the source: characters of a text, octets of a file.</summary>
    public int Position;

    /// <summary>The characters on the current line of quoted-printable.</summary>
    public int Column;

    /// <summary>Octets of a character that did not fit into the last line of base64, the next one lowest.</summary>
    public uint Carry;

    /// <summary>How many octets <see cref="Carry"/> holds.</summary>
    public int CarryLength;
}
