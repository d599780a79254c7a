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
    private const string Shape = "Write local@domain or Name <local@domain>.";

    /// <summary>The longest text that an error shows from its beginning.</summary>
    private const int MaxShown = 80;

    /// <summary>What makes a text more than <c>local@domain</c>.</summary>
    private static readonly SearchValues<char> Markup = SearchValues.Create(" \t\r\n\0\"(),:;<>[\\]");

    private readonly string _text;
    private readonly bool _isList;
    private readonly AddressWords _words;
    private readonly List<EmailAddress> _mailboxes = [];
    private readonly List<PlacedGroup> _groups = [];
    private AddressScanner _scanner;
    private int _memberStart;
    private string? _fault;

    private AddressReader(string text, bool isList)
    {
        _text = text;
        _isList = isList;
        _words = new AddressWords(text);
        _scanner = new AddressScanner(text);
    }

    /// <summary>Reads one mailbox on one line.</summary>
    /// <returns>What is wrong; null where nothing is.</returns>
    public static string? ReadMailbox(string text, out EmailAddress? mailbox)
    {
        mailbox = null;
        if (text.Length > 0 && !text.AsSpan().ContainsAny(Markup))
            return EmailAddress.TryMake(text, null, out mailbox);
        if (FieldCharacters.FaultIn("The mailbox", text) is { } fault)
            return fault;
        var reader = new AddressReader(text, isList: false);
        if (!reader.TryReadSingle())
            return reader._fault;
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
            return reader._fault;
        list = new AddressList([.. reader._mailboxes], [.. reader._groups]);
        return null;
    }

    private bool TryReadSingle()
    {
        if (!Skip())
            return false;
        if (_scanner.IsAtEnd)
            return FailEmpty();
        if (!TryReadMember(isInGroup: false))
            return false;
        if (_scanner.IsAtEnd)
            return true;
        return _scanner.Current is ',' or ';'
            ? FailAt(_scanner.Position, "behind an address, but is one mailbox. Give each address a string of its own, or read them all with AddressList.Parse.")
            : FailBehindAddress();
    }

    private bool TryReadMembers()
    {
        while (Skip())
        {
            // RFC 5322, 4.4: a list may have empty members.
            if (_scanner.Take(','))
                continue;
            if (_scanner.IsAtEnd)
                return _mailboxes.Count + _groups.Count > 0 || FailEmpty();
            if (!TryReadMember(isInGroup: false))
                return false;
            if (!_scanner.IsAtEnd && _scanner.Current != ',')
            {
                return _scanner.Current == ';'
                    ? FailAt(_scanner.Position, "between addresses. Separate them with commas; a semicolon only ends a group.")
                    : FailBehindAddress();
            }
        }

        return false;
    }

    private bool TryReadMember(bool isInGroup)
    {
        _memberStart = _scanner.Position;
        if (!TryReadWords())
            return false;
        return _scanner.Current switch
        {
            '<' => TryReadAngleAddress(_words.Count == 0 ? null : _words.ToName()),
            '@' => TryReadAddress(out var address) && Add(address, _scanner.Comment),
            ':' when isInGroup => FailAt(_scanner.Position, "within a group, but a group cannot hold another one (RFC 5322, 3.4). End the first one with \";\"."),
            ':' => TryReadGroup(),
            '>' => FailAt(_scanner.Position, $"but no \"<\" before it. {Shape}"),
            ')' => FailAt(_scanner.Position, "but no \"(\" before it. Remove it, or put the name in double quotes."),
            '\\' => FailAt(_scanner.Position, "outside quotes. Put the name in double quotes, with \\\\ for a backslash inside."),
            ',' when _words.Count > 0 => FailAt(_scanner.Position, "but no \"@\" before it. Write local@domain; a name with a comma goes in double quotes: \"Doe, John\" <john@example.com>."),
            ',' or ';' => FailAt(_scanner.Position, $"where an address should be. {Shape}"),
            _ => Fail($"has no \"@\". {Shape}"),
        };
    }

    private bool TryReadGroup()
    {
        var colon = _scanner.Position;
        if (_words.Count == 0)
            return FailAt(colon, "without a name before it. Name the group, as in Team: ann@example.com;, or remove the colon.");
        var name = DisplayName.WithoutBlanksAround(_words.ToName());
        if (!_isList)
            return FailAt(colon, $"which begins a group, but is one mailbox. Leave {Shown(_memberStart, colon)}: out, or read the group with AddressList.Parse.");
        if (name is null)
            return FailAt(colon, "behind a group name that is empty. Name the group, as in Team: ann@example.com;.");
        if (DisplayName.FaultIn("The group name", name) is { } fault)
            return Refuse(fault);
        _scanner.Take(':');
        var start = _mailboxes.Count;
        while (Skip() && !_scanner.Take(';'))
        {
            if (_scanner.Take(','))
                continue;
            if (_scanner.IsAtEnd)
                return FailAt(colon, $"which begins a group that nothing ends. Leave {VisibleText.Quote(name + ":")} out, or end the group with \";\".");
            if (!TryReadMember(isInGroup: true))
                return false;
            if (!_scanner.IsAtEnd && _scanner.Current is not (',' or ';'))
                return FailBehindAddress();
        }

        if (_fault is not null)
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
            return Fail($"has nothing between \"<\" and \">\". {Shape}");
        if (_scanner.Current == ':')
            return FailAt(_scanner.Position, "between \"<\" and \">\". Write the address alone there, without mailto: or the like.");
        if (_scanner.Current != '@')
            return Fail($"has no \"@\" between \"<\" and \">\". {Shape}");
        if (!TryReadAddress(out var address))
            return false;
        if (!_scanner.Take('>'))
            return _scanner.IsAtEnd ? Fail($"has a \"<\" that no \">\" closes. {Shape}") : FailAt(_scanner.Position, $"where the address should end with \">\". {Shape}");
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

        return _scanner.Take(':') ? Skip() : Fail($"has a route before the address that does not end with \":\", or nothing before the \"@\". {Shape}");
    }

    private bool TryReadAddress(out string address)
    {
        address = "";
        if (_words.Count == 0)
            return FailAt(_scanner.Position, "with nothing before it. Write local@domain, such as ann@example.com.");
        if (_words.IndexOfMisplaced() is var misplaced and >= 0)
            return FailInLocalPart(_words[misplaced]);
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
                    return FailAt(_scanner.Position, "that no \"]\" closes. Write an IP address as [192.0.2.1].");
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
                return FailAt(_scanner.Position, "which no other one closes. Put the whole name in double quotes, with \\\" for a quote inside.");
            _words.Add(word);
        }

        return false;
    }

    private bool Add(string address, string? name)
    {
        if (EmailAddress.TryMake(address, name, out var mailbox) is { } fault)
            return Refuse(fault);
        _mailboxes.Add(mailbox!);
        return CheckCount();
    }

    private bool CheckCount() => _mailboxes.Count + _groups.Count <= MessageLimits.MaxRecipients || Fail(string.Create(
        CultureInfo.InvariantCulture, $"has more than {MessageLimits.MaxRecipients:N0} members; that is the most one list may have. Divide it."));

    private bool Skip() => _scanner.TrySkip() || FailAt(_scanner.Position, "which no \")\" closes. Close the comment, or put the name in double quotes.");

    private bool FailInLocalPart(AddressWord word)
    {
        if (word.Kind == AddressWordKind.Dot)
            return FailAt(word.Start, "at the start or the end of a local part, or behind another one. Remove it, or quote the local part: \"a..b\"@example.com.");
        return word.IsApart
            ? Fail($"has several words before the \"@\"; {VisibleText.Quote(_text[word.Start..word.End])} is the second. Put the address in angle brackets behind the name: Ann Lee <ann@example.com>.")
            : Fail("has a quoted local part whose quotes do not close right before the \"@\". Write it as \"local part\"@domain, with \\\" for a quote inside.");
    }

    private bool FailBehindAddress()
    {
        var start = _scanner.Position;
        if (_scanner.Current == '@')
            return FailAt(start, "behind an address that already has one. Remove it, or separate two addresses with a comma.");
        if (_scanner.Current == '<')
            return FailAt(start, "behind an address that has none. If what is before it is the name, put it in double quotes: \"ann@example.com\" <ann@example.com>.");
        if (_scanner.Current is not (':' or '>' or ')' or ';' or ',' or '\\') && _text.IndexOf('@', start) > 0)
            return FailAt(start, "behind an address, where another one seems to begin. Separate addresses with commas.");
        return FailAt(start, $"behind an address. Remove it, or put the name before the address: {Shape}");
    }

    private bool FailEmpty() => Refuse($"There is no e-mail address in {VisibleText.Quote(_text)}. {Shape}");

    private bool FailAt(int position, string consequence) => Fail(string.Create(
        CultureInfo.InvariantCulture, $"has {VisibleText.NameAt(_text, position)} at character {position + 1}, {consequence}"));

    private bool Fail(string problem)
    {
        // Of a long text the member that is wrong is shown, not where the list begins.
        var shown = _text.Length <= MaxShown ? VisibleText.Quote(_text) : Shown(_memberStart, _text.Length);
        return Refuse($"{(_isList ? "The address list" : "The mailbox")} {shown} {problem}");
    }

    private bool Refuse(string fault)
    {
        _fault = fault;
        return false;
    }

    private string Shown(int start, int end) => VisibleText.Quote(_text[start..Math.Min(end, start + MaxShown + 1)]);
}
