using System.Text;

namespace Sendwright.Mime.Reading;

/// <summary>One header field of a message or a part (RFC 5322, 2.2).</summary>
public sealed class ParsedHeader
{
    private readonly ReadOnlyMemory<byte> _body;

    internal ParsedHeader(string name, ReadOnlyMemory<byte> body)
    {
        Name = name;
        _body = body;
    }

    /// <summary>The name, in the letters that stand there.</summary>
    public string Name { get; }

    /// <summary>What stands behind the colon, folds and encoded-words as they are. Octets over 127 are read as UTF-8 (RFC 6532), or as ISO 8859-1 where they are none.</summary>
    public string RawValue => field ??= Charset.GetString(_body.Span);

    /// <summary>
    /// The value as people read it: on one line, encoded-words (RFC 2047) decoded. A line end or NUL that an encoded-word hides is a blank here, so that the value
    /// starts no new line wherever it is shown.
    /// </summary>
    public string Value => field ??= OneLine(EncodedWordReader.Decode(Unfolded));

    /// <summary>The value on one line, encoded-words as they are (RFC 5322, 2.2.3).</summary>
    internal string Unfolded => field ??= RawValue.Replace("\r\n", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal).Trim(' ', '\t');

    internal Encoding Charset => Charsets.Of(_body.Span);

    /// <summary><c>Name: Value</c>.</summary>
    public override string ToString() => $"{Name}: {Value}";

    internal bool Is(string name) => Name.Equals(name, StringComparison.OrdinalIgnoreCase);

    /// <summary>A decoded text without what could start a new line or end a C string.</summary>
    internal static string OneLine(string text) => text.Replace('\r', ' ').Replace('\n', ' ').Replace('\0', ' ');
}
