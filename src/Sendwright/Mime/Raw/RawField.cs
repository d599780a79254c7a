namespace Sendwright.Mime.Raw;

/// <summary>One header field as it stands in a message.</summary>
/// <param name="Name">Its name, without blanks.</param>
/// <param name="Start">Where it starts in its header.</param>
/// <param name="Length">Its octets, its CRLF and the lines that continue it included.</param>
/// <param name="BodyStart">Where its body starts in its header: behind the colon.</param>
internal readonly record struct RawField(string Name, int Start, int Length, int BodyStart)
{
    public int End => Start + Length;

    public bool Is(string name) => string.Equals(Name, name, StringComparison.OrdinalIgnoreCase);
}
