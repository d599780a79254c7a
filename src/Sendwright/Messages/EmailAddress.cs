using System.Diagnostics.CodeAnalysis;
using System.Text;
using Sendwright.Messages;

namespace Sendwright;

/// <summary>A mailbox: an address and, if given, the name shown beside it (RFC 5322, 3.4). One that exists is valid.</summary>
public sealed record EmailAddress
{
    private readonly int _at;
    private readonly string? _asciiDomain;

    /// <summary>Makes a mailbox from <c>local@domain</c> and a name in any script.</summary>
    /// <param name="address">An address by the grammar of RFC 5321, 4.1.2: dot-atom or quoted local part; domain name or address literal; non-ASCII characters in either.</param>
    /// <param name="name">The name; blanks around it are dropped, and one without any other character counts as none.</param>
    /// <exception cref="FormatException">The address is not valid, or the name holds a control character or half of a surrogate pair or is too long.</exception>
    public EmailAddress(string address, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (FaultIn(ref address, ref name, out _at, out _asciiDomain) is { } fault)
            throw new FormatException(fault);
        Address = address;
        Name = name;
    }

    private EmailAddress(string address, string? name, int at, string? asciiDomain)
    {
        Address = address;
        Name = name;
        _at = at;
        _asciiDomain = asciiDomain;
    }

    /// <summary><c>local@domain</c>, as given, but without quotes that its local part does not need: they mean nothing (RFC 5321, 4.1.2).</summary>
    public string Address { get; }

    /// <summary>The name shown beside the address; null where there is none.</summary>
    public string? Name { get; }

    /// <summary>What stands before the last <c>@</c>, with its quotes if it has them.</summary>
    public string LocalPart => Address[.._at];

    /// <summary>What stands behind the last <c>@</c>, as given.</summary>
    public string Domain => Address[(_at + 1)..];

    /// <summary>The domain as DNS knows it: non-ASCII labels as A-labels (<c>xn--...</c>).</summary>
    public string AsciiDomain => _asciiDomain ?? Domain;

    /// <summary>Whether only a server with SMTPUTF8 can take it: its local part is not ASCII (RFC 6531). A non-ASCII domain alone does not need that.</summary>
    public bool NeedsSmtpUtf8 => !Ascii.IsValid(Address.AsSpan(0, _at));

    /// <summary>The address as it goes over the wire: with A-labels, so that any server can take it; as given where SMTPUTF8 is needed anyway.</summary>
    public string WireAddress => _asciiDomain is null || NeedsSmtpUtf8 ? Address : $"{LocalPart}@{_asciiDomain}";

    /// <summary>
    /// Reads <c>local@domain</c>, <c>Name &lt;local@domain&gt;</c> or <c>"Name, quoted" &lt;local@domain&gt;</c>, by the whole grammar of RFC 5322, 3.4 and 4.4 on one line:
    /// encoded-words in the name are decoded, comments dropped; in <c>local@domain (Name)</c> the comment is the name.
    /// </summary>
    /// <exception cref="FormatException">The text is no mailbox, or more than one; the message says why and what to change.</exception>
    public static EmailAddress Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return AddressReader.ReadMailbox(text, out var address) is { } fault ? throw new FormatException(fault) : address!;
    }

    /// <summary>Reads a mailbox as <see cref="Parse"/> does.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out EmailAddress? address)
    {
        address = null;
        return text is not null && AddressReader.ReadMailbox(text, out address) is null;
    }

    /// <summary>Reads a mailbox from text, as <see cref="Parse"/> does.</summary>
    /// <exception cref="FormatException">The text is no mailbox.</exception>
    public static implicit operator EmailAddress(string text) => Parse(text);

    /// <summary>The mailbox as people read and type it; <see cref="Parse"/> reads it back.</summary>
    public override string ToString() => MailboxText.Write(Address, Name);

    /// <summary>Makes a mailbox as the constructor does, without an exception where it cannot.</summary>
    /// <returns>What is wrong; null where nothing is.</returns>
    internal static string? TryMake(string address, string? name, out EmailAddress? mailbox)
    {
        var fault = FaultIn(ref address, ref name, out var at, out var asciiDomain);
        mailbox = fault is null ? new EmailAddress(address, name, at, asciiDomain) : null;
        return fault;
    }

    private static string? FaultIn(ref string address, ref string? name, out int at, out string? asciiDomain)
    {
        name = DisplayName.WithoutBlanksAround(name);
        if ((AddressGrammar.FaultIn(address, out at, out asciiDomain) ?? (name is null ? null : DisplayName.FaultIn("The name", name))) is { } fault)
            return fault;
        if (address[0] == '"')
        {
            var local = LocalPartText.Write(new StringBuilder(at).AppendUnquoted(address.AsSpan(1, at - 2)).ToString());
            address = string.Concat(local, address.AsSpan(at));
            at = local.Length;
        }

        return null;
    }
}
