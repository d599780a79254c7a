using System.Diagnostics.CodeAnalysis;

namespace Sendwright;

/// <summary>A mailbox: an address and, if given, the name shown beside it (RFC 5322, 3.4).</summary>
public sealed record EmailAddress
{
    /// <summary>Makes a mailbox from <c>local@domain</c> and a name.</summary>
    /// <exception cref="FormatException">The address is not <c>local@domain</c>, or address or name hold CR, LF or NUL.</exception>
    public EmailAddress(string address, string? name = null)
    {
        Address = address;
        Name = name;
    }

    /// <summary><c>local@domain</c>, as given.</summary>
    public string Address { get; }

    /// <summary>The name shown beside the address; null where there is none.</summary>
    public string? Name { get; }

    /// <summary>Part before the at sign.</summary>
    public string LocalPart => Address[..Address.LastIndexOf('@')];

    /// <summary>Domain in A-labels.</summary>
    public string AsciiDomain => Address[(Address.LastIndexOf('@') + 1)..];

    /// <summary>Whether SMTPUTF8 is needed.</summary>
    public bool NeedsSmtpUtf8 => LocalPart.Any(c => c > 127);

    /// <summary>Reads <c>local@domain</c> or <c>Name &lt;local@domain&gt;</c>.</summary>
    /// <exception cref="FormatException">The text is neither.</exception>
    public static EmailAddress Parse(string text) =>
        TryParse(text, out var address) ? address : throw new FormatException($"\"{text}\" is not an e-mail address.");

    /// <summary>Reads <c>local@domain</c> or <c>Name &lt;local@domain&gt;</c>.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out EmailAddress? address)
    {
        address = text is null ? null : new EmailAddress(text);
        return address is not null;
    }

    /// <summary>Reads a mailbox from text.</summary>
    public static implicit operator EmailAddress(string text) => Parse(text);
}
