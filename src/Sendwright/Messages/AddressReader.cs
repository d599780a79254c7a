using System.Buffers;
using System.Globalization;
using System.Text;

namespace Sendwright.Messages;

/// <summary>
/// Reads mailboxes and groups by the grammar of RFC 5322, 3.4, with the obsolete forms of 4.4, and says what is wrong in the words of the text. What it gives back is in the
/// modern form: comments, routes and needless quotes are read, never written.
/// </summary>
internal sealed class AddressReader
{
    /// <summary>What makes a text more than <c>local@domain</c>.</summary>
    private static readonly SearchValues<char> Markup = SearchValues.Create(" \t\r\n\0\"(),:;<>[\\]");

    private readonly bool _isList;
    private readonly AddressMistake _mistake;
    private readonly AddressWords _words;
    private readonly List<EmailAddress> _mailboxes = [];
    private readonly List<PlacedGroup> _groups = [];
    private AddressScanner _scanner;

    private AddressReader(string text, bool isList)
    {
        _isList = isList;
        _mistake = new AddressMistake(text, isList);
        _words = new AddressWords(text);
        _scanner = new AddressScanner(text);
    }

    /// <summary>Reads one mailbox on one line.</summary>
    /// <returns>What is wrong; null where nothing is.</returns>
    public static string? ReadMailbox(string text, out EmailAddress? mailbox)
    {
        mailbox = null;
        if (!text.AsSpan().ContainsAny(Markup) && text.AsSpan().Count('@') == 1)
            return EmailAddress.TryMake(text, null, out mailbox);
        if (FieldCharacters.FaultIn("The mailbox", text) is { } fault)
            return fault;
        var reader = new AddressReader(text, isList: false);
        if (!reader.TryReadSingle())
            return reader._mistake.Fault;
        mailbox = reader._mailboxes[0];
        return null;
    }

    /// <summary>Reads a list of mailboxes and groups, which may be folded.</summary>
    /// <returns>What is wrong; null where nothing is.</returns>
    public static string? ReadList(string text, out AddressList? list)
    {
        list = null;
        if (FieldCharacters.FaultInFolded("The address list", text) is { } fault)
            return fault;
        // RFC 5322, 2.2.3: "Unfolding is accomplished by simply removing any CRLF that is immediately followed by WSP".
        var reader = new AddressReader(text.Replace("\r\n", "", StringComparison.Ordinal), isList: true);
        if (!reader.TryReadMembers())
            return reader._mistake.Fault;
        list = new AddressList([.. reader._mailboxes], [.. reader._groups]);
        return null;
    }

    private bool TryReadSingle()
    {
        if (!Skip())
            return false;
        if (_scanner.IsAtEnd)
            return _mistake.NoAddress();
        if (!TryReadMember(isInGroup: false))
            return false;
        if (_scanner.IsAtEnd)
            return true;
        return _scanner.Current is ',' or ';'
            ? _mistake.At(_scanner.Position, "behind an address, but is one mailbox. Give one address at a time; in code, AddressList.Parse reads a list.")
            : _mistake.BehindAddress(_scanner.Position);
    }

    private bool TryReadMembers()
    {
        while (Skip())
        {
            // RFC 5322, 4.4: a list may have empty members.
            if (_scanner.Take(','))
                continue;
            if (_scanner.IsAtEnd)
                return _mailboxes.Count + _groups.Count > 0 || _mistake.NoAddress();
            if (!TryReadMember(isInGroup: false))
                return false;
            if (!_scanner.IsAtEnd && _scanner.Current != ',')
            {
                return _scanner.Current == ';'
                    ? _mistake.At(_scanner.Position, "between addresses. Separate them with commas; a semicolon only ends a group.")
                    : _mistake.BehindAddress(_scanner.Position);
            }
        }

        return false;
    }

    private bool TryReadMember(bool isInGroup)
    {
        _mistake.MemberStart = _scanner.Position;
        if (!TryReadWords())
            return false;
        return _scanner.Current switch
        {
            '<' => TryReadAngleAddress(_words.Count == 0 ? null : _words.ToName()),
            '@' => TryReadAddress(out var address) && Add(address, _scanner.Comment),
            ':' when isInGroup => _mistake.At(_scanner.Position, "within a group, but a group cannot hold another one (RFC 5322, 3.4). End the first one with \";\"."),
            ':' => TryReadGroup(),
            '>' => _mistake.At(_scanner.Position, $"but no \"<\" before it. {AddressMistake.Shape}"),
            ')' => _mistake.At(_scanner.Position, "but no \"(\" before it. Remove it, or put the name in double quotes."),
            '\\' => _mistake.At(_scanner.Position, "outside quotes. Put the name in double quotes, with \\\\ for a backslash inside."),
            ',' when _words.Count > 0 => _mistake.At(_scanner.Position, "but no \"@\" before it. Write local@domain; a name with a comma goes in double quotes: \"Doe, John\" <john@example.com>."),
            ',' or ';' => _mistake.At(_scanner.Position, $"where an address should be. {AddressMistake.Shape}"),
            _ => _mistake.Is($"has no \"@\". {AddressMistake.Shape}"),
        };
    }

    private bool TryReadGroup()
    {
        var colon = _scanner.Position;
        if (_words.Count == 0)
            return _mistake.At(colon, "without a name before it. Name the group, as in Team: ann@example.com;, or remove the colon.");
        var name = DisplayName.WithoutBlanksAround(_words.ToName());
        if (!_isList)
            return _mistake.At(colon, $"which begins a group, but is one mailbox. Leave {_mistake.MemberUntil(colon + 1)} out; in code, AddressList.Parse reads groups.");
        if (name is null)
            return _mistake.At(colon, "behind a group name that is empty. Name the group, as in Team: ann@example.com;.");
        if (DisplayName.FaultIn("The group name", name) is { } fault)
            return _mistake.Refuse(fault);
        _scanner.Take(':');
        var start = _mailboxes.Count;
        while (Skip() && !_scanner.Take(';'))
        {
            if (_scanner.Take(','))
                continue;
            if (_scanner.IsAtEnd)
                return _mistake.At(colon, $"which begins a group that nothing ends. Leave {VisibleText.Quote(name + ":")} out, or end the group with \";\".");
            if (!TryReadMember(isInGroup: true))
                return false;
            if (!_scanner.IsAtEnd && _scanner.Current is not (',' or ';'))
                return _mistake.BehindAddress(_scanner.Position);
        }

        if (_mistake.Fault is not null)
            return false;
        _groups.Add(new PlacedGroup(start, new AddressGroup(name, [.. _mailboxes.GetRange(start, _mailboxes.Count - start)])));
        return Skip() && CheckCount();
    }

    private bool TryReadAngleAddress(string? name)
    {
        _scanner.Take('<');
        if (!Skip() || !TrySkipRoute() || !TryReadWords())
            return false;
        if (_scanner.Current == '>' && _words.Count == 0)
            return _mistake.Is($"has nothing between \"<\" and \">\". {AddressMistake.Shape}");
        if (_scanner.Current == ':')
            return _mistake.At(_scanner.Position, "between \"<\" and \">\". Write the address alone there, without mailto: or the like.");
        if (_scanner.Current != '@')
            return _mistake.Is($"has no \"@\" between \"<\" and \">\". {AddressMistake.Shape}");
        if (!TryReadAddress(out var address))
            return false;
        if (!_scanner.Take('>'))
            return _scanner.IsAtEnd ? _mistake.Is($"has a \"<\" that no \">\" closes. {AddressMistake.Shape}") : _mistake.At(_scanner.Position, $"where the address should end with \">\". {AddressMistake.Shape}");
        return Skip() && Add(address, name ?? _scanner.Comment);
    }

    /// <summary>RFC 5322, 4.4: <c>&lt;@a,@b:ann@example.com&gt;</c>. "receivers SHOULD ignore" the route (RFC 5321, appendix C).</summary>
    private bool TrySkipRoute()
    {
        if (_scanner.Current is not ('@' or ','))
            return true;
        while (_scanner.Take(',') || _scanner.Current == '@')
        {
            if (!Skip() || (_scanner.Current == '@' && !TryReadDomain(out _)))
                return false;
        }

        return _scanner.Take(':') ? Skip() : _mistake.Is($"has a route before the address that does not end with \":\", or nothing before the \"@\". {AddressMistake.Shape}");
    }

    private bool TryReadAddress(out string address)
    {
        address = "";
        if (_words.Count == 0)
            return _mistake.At(_scanner.Position, "with nothing before it. Write local@domain, such as ann@example.com.");
        if (_words.IndexOfMisplaced() is var misplaced and >= 0)
            return _mistake.InLocalPart(_words[misplaced]);
        var local = _words.ToLocalPart();
        if (!TryReadDomain(out var domain))
            return false;
        address = $"{local}@{domain}";
        return true;
    }

    private bool TryReadDomain(out string domain)
    {
        domain = "";
        _scanner.Take('@');
        var read = new StringBuilder();
        var isOpen = true;
        while (Skip())
        {
            if (_scanner.Current == '[' && read.Length == 0)
            {
                if (!_scanner.TryReadLiteral(read))
                    return _mistake.At(_scanner.Position, "that no \"]\" closes. Write an IP address as [192.0.2.1].");
                isOpen = false;
            }
            else if (_scanner.Take('.'))
            {
                read.Append('.');
                isOpen = true;
            }
            else if (isOpen && _scanner.ReadDomainAtom() is { IsEmpty: false } atom)
            {
                read.Append(atom);
                isOpen = false;
            }
            else
            {
                domain = read.ToString();
                return true;
            }
        }

        return false;
    }

    private bool TryReadWords()
    {
        _words.Clear();
        while (Skip())
        {
            if (_scanner.IsAtEnd || _scanner.Current is '<' or '>' or ':' or ';' or '@' or ',' or ')' or '\\')
                return true;
            if (!_scanner.TryReadWord(out var word))
                return _mistake.At(_scanner.Position, "which no other one closes. Put the whole name in double quotes, with \\\" for a quote inside.");
            _words.Add(word);
        }

        return false;
    }

    private bool Add(string address, string? name)
    {
        if (EmailAddress.TryMake(address, name, out var mailbox) is { } fault)
            return _mistake.Refuse(fault);
        _mailboxes.Add(mailbox!);
        return CheckCount();
    }

    private bool CheckCount() => _mailboxes.Count + _groups.Count <= MessageLimits.MaxRecipients || _mistake.Is(string.Create(
        CultureInfo.InvariantCulture, $"has more than {MessageLimits.MaxRecipients:N0} members; that is the most one list may have. Divide it."));

    private bool Skip() => _scanner.TrySkip() || _mistake.At(_scanner.Position, "which no \")\" closes. Close the comment, or put the name in double quotes.");
}
