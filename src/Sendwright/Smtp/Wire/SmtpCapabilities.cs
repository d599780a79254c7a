using System.Globalization;

namespace Sendwright.Smtp.Wire;

/// <summary>What a server offers in its EHLO reply (RFC 5321, 4.1.1.1). An empty one came with HELO.</summary>
public sealed record SmtpCapabilities
{
    private readonly Dictionary<string, string> _keywords = new(StringComparer.OrdinalIgnoreCase);

    private SmtpCapabilities()
    {
    }

    /// <summary>What a server that knows only HELO offers: nothing.</summary>
    public static SmtpCapabilities None { get; } = new();

    /// <summary>The name the server gives itself.</summary>
    public string? ServerName { get; private init; }

    /// <summary>Every keyword with its parameters, in the server's order.</summary>
    public IReadOnlyList<string> Lines { get; private init; } = [];

    /// <summary>STARTTLS (RFC 3207).</summary>
    public bool StartTls => Has("STARTTLS");

    /// <summary>PIPELINING (RFC 2920).</summary>
    public bool Pipelining => Has("PIPELINING");

    /// <summary>CHUNKING (RFC 3030).</summary>
    public bool Chunking => Has("CHUNKING");

    /// <summary>8BITMIME (RFC 6152).</summary>
    public bool EightBitMime => Has("8BITMIME");

    /// <summary>SMTPUTF8 (RFC 6531).</summary>
    public bool SmtpUtf8 => Has("SMTPUTF8");

    /// <summary>DSN (RFC 3461).</summary>
    public bool Dsn => Has("DSN");

    /// <summary>ENHANCEDSTATUSCODES (RFC 2034).</summary>
    public bool EnhancedStatusCodes => Has("ENHANCEDSTATUSCODES");

    /// <summary>Whether SIZE is offered, with a limit or without (RFC 1870).</summary>
    public bool Size => Has("SIZE");

    /// <summary>The largest message in octets; null where SIZE is not offered or gives no limit.</summary>
    public long? MaxSize =>
        _keywords.TryGetValue("SIZE", out var text) && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var size) && size > 0 ? size : null;

    /// <summary>Whether AUTH is offered (RFC 4954).</summary>
    public bool Auth => Has("AUTH");

    /// <summary>The mechanisms offered, upper-case, in the server's order.</summary>
    public IReadOnlyList<string> AuthMechanisms { get; private init; } = [];

    /// <summary>Whether the server offers the keyword.</summary>
    public bool Has(string keyword) => _keywords.ContainsKey(keyword);

    /// <summary>Reads an EHLO reply. Its first line is the server's name; each further line is a keyword.</summary>
    public static SmtpCapabilities Parse(SmtpReply reply)
    {
        ArgumentNullException.ThrowIfNull(reply);
        var mechanisms = new List<string>();
        var result = new SmtpCapabilities
        {
            ServerName = reply.Lines.Count > 0 ? reply.Lines[0].Split(' ', 2)[0] : null,
            Lines = [.. reply.Lines.Skip(1)],
            AuthMechanisms = mechanisms,
        };
        foreach (var line in result.Lines)
        {
            var blank = line.IndexOfAny([' ', '=']);
            var keyword = blank < 0 ? line : line[..blank];
            var parameters = blank < 0 ? "" : line[(blank + 1)..].Trim();
            if (keyword.Length == 0)
                continue;
            // "AUTH=LOGIN" is what servers of the nineties sent beside "AUTH LOGIN"; some still send only that.
            if (keyword.Equals("AUTH", StringComparison.OrdinalIgnoreCase))
                AddMechanisms(mechanisms, parameters);
            result._keywords.TryAdd(keyword, parameters);
        }

        return result;
    }

    /// <inheritdoc />
    public bool Equals(SmtpCapabilities? other) => other is not null && ServerName == other.ServerName && Lines.SequenceEqual(other.Lines);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(ServerName, Lines.Count);

    private static void AddMechanisms(List<string> mechanisms, string parameters)
    {
        foreach (var word in parameters.Split([' ', '='], StringSplitOptions.RemoveEmptyEntries))
        {
            var mechanism = word.ToUpperInvariant();
            if (!mechanisms.Contains(mechanism))
                mechanisms.Add(mechanism);
        }
    }
}
