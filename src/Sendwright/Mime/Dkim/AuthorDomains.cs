using System.Buffers;
using System.Text;
using Sendwright.Messages;

namespace Sendwright.Mime.Dkim;

/// <summary>
/// Reads the domains out of a From field, however it is written: quoted names with an "@", comments, groups, several authors. It judges nothing; what is no domain
/// matches no key.
/// </summary>
internal ref struct AuthorDomains
{
    private static readonly SearchValues<char> EndsDomain = SearchValues.Create(" \t\r\n,;:<>()\"@");

    private readonly ReadOnlySpan<char> _value;
    private readonly List<string> _domains;
    private int _position;

    private AuthorDomains(ReadOnlySpan<char> value)
    {
        _value = value;
        _domains = [];
    }

    /// <summary>The domains in lower case and A-labels.</summary>
    public static IReadOnlyList<string> Of(ReadOnlySpan<byte> fieldValue) => new AuthorDomains(Encoding.UTF8.GetString(fieldValue)).Read();

    private List<string> Read()
    {
        string? domain = null;
        var (isInAngle, hadAngle) = (false, false);
        while (_position < _value.Length)
        {
            switch (_value[_position++])
            {
                case '"':
                    SkipQuoted();
                    break;
                case '(':
                    SkipComment();
                    break;
                case '<':
                    // An unquoted name may look like an address; what counts is in the brackets.
                    (isInAngle, hadAngle, domain) = (true, true, null);
                    break;
                case '>':
                    isInAngle = false;
                    break;
                case '@':
                    // The last one in the brackets: in front of it the obsolete source route may stand (RFC 5322, 4.4).
                    var read = ReadDomain();
                    if (isInAngle || !hadAngle)
                        domain = read;
                    break;
                case ',' or ';' when !isInAngle:
                    Add(domain);
                    (hadAngle, domain) = (false, null);
                    break;
            }
        }

        Add(domain);
        return _domains;
    }

    private void SkipQuoted()
    {
        while (_position < _value.Length && _value[_position] != '"')
            _position += _value[_position] == '\\' ? 2 : 1;
        _position = Math.Min(_position + 1, _value.Length);
    }

    private void SkipComment()
    {
        for (var depth = 1; depth > 0 && _position < _value.Length; _position++)
        {
            if (_value[_position] == '\\')
                _position++;
            else if (_value[_position] == '(')
                depth++;
            else if (_value[_position] == ')')
                depth--;
        }

        _position = Math.Min(_position, _value.Length);
    }

    private string ReadDomain()
    {
        while (_position < _value.Length && _value[_position] is ' ' or '\t' or '\r' or '\n')
            _position++;
        var rest = _value[_position..];
        var length = rest.IndexOfAny(EndsDomain);
        var domain = length < 0 ? rest : rest[..length];
        _position += domain.Length;
        return domain.ToString();
    }

    private readonly void Add(string? domain)
    {
        if (!string.IsNullOrEmpty(domain) && (Ascii.IsValid(domain) ? domain : InternationalDomain.ToAscii(domain)) is { } ascii)
            _domains.Add(ascii.ToLowerInvariant());
    }
}
