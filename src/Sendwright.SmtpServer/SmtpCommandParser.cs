using System.Buffers.Text;
using System.Text;
using System.Text.Unicode;
using Sendwright.Settings;
using Sendwright.Smtp.Wire;

namespace Sendwright.SmtpServer;

/// <summary>The grammar of command lines (RFC 5321, 4.1.1). Pure: any octets in, a command or a <see cref="MalformedCommand"/> out, never an exception.</summary>
internal static class SmtpCommandParser
{
    /// <summary>Reads one line, given without its CRLF.</summary>
    public static SmtpCommand Parse(ReadOnlySpan<byte> line)
    {
        var verb = ReadVerb(line, out var rest);
        // A control character in a command is an accident or an attack: a CR or LF here is a second command in the eyes of the next server (CWE-93).
        if (line.IndexOfAnyInRange((byte)0x00, (byte)0x1F) >= 0 || line.Contains((byte)0x7F))
            return new MalformedCommand(verb, SmtpRejection.ControlCharacter);
        if (!Utf8.IsValid(line))
            return new MalformedCommand(verb, SmtpRejection.NotUtf8);

        return verb switch
        {
            SmtpVerb.Helo or SmtpVerb.Ehlo => Hello(verb, rest),
            SmtpVerb.Auth => Auth(rest),
            SmtpVerb.Mail => Mail(rest),
            SmtpVerb.Rcpt => Rcpt(rest),
            SmtpVerb.Bdat => Bdat(rest),
            SmtpVerb.Data or SmtpVerb.Rset or SmtpVerb.Quit or SmtpVerb.StartTls when !rest.IsEmpty => new MalformedCommand(verb, SmtpRejection.ArgumentNotAllowed),
            SmtpVerb.Vrfy or SmtpVerb.Expn when rest.IsEmpty => new MalformedCommand(verb, SmtpRejection.ArgumentMissing),
            SmtpVerb.Unknown => new MalformedCommand(verb, SmtpRejection.UnknownCommand),
            _ => new SmtpCommand(verb),
        };
    }

    private static SmtpVerb ReadVerb(ReadOnlySpan<byte> line, out ReadOnlySpan<byte> rest)
    {
        // RFC 5321, 4.1.1: "Receivers SHOULD tolerate trailing white space before the terminating <CRLF>".
        line = line.TrimEnd((byte)' ');
        var blank = line.IndexOf((byte)' ');
        var word = blank < 0 ? line : line[..blank];
        rest = blank < 0 ? [] : line[(blank + 1)..].TrimStart((byte)' ');
        return word.Length switch
        {
            4 when Is(word, "EHLO"u8) => SmtpVerb.Ehlo,
            4 when Is(word, "HELO"u8) => SmtpVerb.Helo,
            4 when Is(word, "MAIL"u8) => SmtpVerb.Mail,
            4 when Is(word, "RCPT"u8) => SmtpVerb.Rcpt,
            4 when Is(word, "DATA"u8) => SmtpVerb.Data,
            4 when Is(word, "BDAT"u8) => SmtpVerb.Bdat,
            4 when Is(word, "RSET"u8) => SmtpVerb.Rset,
            4 when Is(word, "NOOP"u8) => SmtpVerb.Noop,
            4 when Is(word, "QUIT"u8) => SmtpVerb.Quit,
            4 when Is(word, "AUTH"u8) => SmtpVerb.Auth,
            4 when Is(word, "VRFY"u8) => SmtpVerb.Vrfy,
            4 when Is(word, "EXPN"u8) => SmtpVerb.Expn,
            4 when Is(word, "HELP"u8) => SmtpVerb.Help,
            8 when Is(word, "STARTTLS"u8) => SmtpVerb.StartTls,
            _ => SmtpVerb.Unknown,
        };
    }

    private static SmtpCommand Hello(SmtpVerb verb, ReadOnlySpan<byte> rest)
    {
        if (rest.IsEmpty)
            return new MalformedCommand(verb, SmtpRejection.ArgumentMissing);
        // Any visible ASCII will do. RFC 5321, 4.1.4: a server "MUST NOT refuse to accept a message" because the name fails its checks;
        // what matters is that the name can stand in a Received line.
        if (rest.Length > SmtpPath.MaxDomainOctets || rest.ContainsAnyExceptInRange((byte)0x21, (byte)0x7E))
            return new MalformedCommand(verb, SmtpRejection.ArgumentInvalid);
        return new HelloCommand(verb, Encoding.ASCII.GetString(rest));
    }

    // AUTH SP sasl-mech [SP initial-response]; the response's base64 is judged where it is decoded.
    private static SmtpCommand Auth(ReadOnlySpan<byte> rest)
    {
        if (rest.IsEmpty)
            return new MalformedCommand(SmtpVerb.Auth, SmtpRejection.ArgumentMissing);
        var mechanism = TakeWord(ref rest);
        if (mechanism.Length > 20 || !Ascii.IsValid(mechanism)) // sasl-mech = 1*20mech-char (RFC 4422, 3.1)
            return new MalformedCommand(SmtpVerb.Auth, SmtpRejection.MechanismUnknown);
        if (rest.Contains((byte)' '))
            return new MalformedCommand(SmtpVerb.Auth, SmtpRejection.ArgumentNotAllowed);
        return new AuthCommand(Encoding.ASCII.GetString(mechanism).ToUpperInvariant(), rest.IsEmpty ? null : new Secret(Encoding.UTF8.GetString(rest)));
    }

    private static SmtpCommand Mail(ReadOnlySpan<byte> rest)
    {
        if (!TryTakePath(ref rest, "FROM:"u8, out var path) || path is { Domain: null })
            return new MalformedCommand(SmtpVerb.Mail, SmtpRejection.SenderMalformed);

        var command = new MailCommand(path);
        var seen = new List<string>();
        while (!rest.IsEmpty)
        {
            var word = TakeWord(ref rest);
            var equals = word.IndexOf((byte)'=');
            var keyword = equals < 0 ? word : word[..equals];
            var value = equals < 0 ? [] : word[(equals + 1)..];
            if (!IsKeyword(keyword) || equals >= 0 && !IsValue(value))
                return new MalformedCommand(SmtpVerb.Mail, SmtpRejection.ParameterInvalid);
            var name = Encoding.ASCII.GetString(keyword).ToUpperInvariant();
            if (seen.Contains(name))
                return new MalformedCommand(SmtpVerb.Mail, SmtpRejection.ParameterInvalid); // RFC 5321, 4.1.1.11 has each parameter once
            seen.Add(name);

            SmtpRejection? rejection;
            (command, rejection) = With(command, name, value);
            if (rejection is { } wrong)
                return new MalformedCommand(SmtpVerb.Mail, wrong);
        }

        return command;
    }

    private static (MailCommand Command, SmtpRejection? Rejection) With(MailCommand command, string keyword, ReadOnlySpan<byte> value)
    {
        switch (keyword)
        {
            case "SIZE":
                // size-value = 1*20DIGIT (RFC 1870, 6): a number too big for a long is too big for us as well.
                if (value.IsEmpty || value.Length > 20 || value.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
                    return (command, SmtpRejection.ParameterInvalid);
                return (command with { Size = Utf8Parser.TryParse(value, out long size, out _) ? size : long.MaxValue }, null);
            case "BODY" when Is(value, "7BIT"u8):
                return (command, null);
            case "BODY" when Is(value, "8BITMIME"u8):
                return (command with { IsEightBit = true }, null);
            case "BODY":
                return (command, SmtpRejection.ParameterUnknown); // BINARYMIME, which is not offered
            case "SMTPUTF8":
                return value.IsEmpty ? (command with { SmtpUtf8 = true }, null) : (command, SmtpRejection.ParameterInvalid);
            case "AUTH":
                // RFC 4954, 5: a server that does not trust the client to name the message's author reads the value and goes on as if it were "<>".
                return (command, !value.IsEmpty && (XText.IsValid(value) || Is(value, "<>"u8)) ? null : SmtpRejection.ParameterInvalid);
            default:
                return (command, SmtpRejection.ParameterUnknown);
        }
    }

    private static SmtpCommand Rcpt(ReadOnlySpan<byte> rest)
    {
        if (!TryTakePath(ref rest, "TO:"u8, out var path) || path is null)
            return new MalformedCommand(SmtpVerb.Rcpt, SmtpRejection.RecipientMalformed);
        return rest.IsEmpty ? new RcptCommand(path) : new MalformedCommand(SmtpVerb.Rcpt, SmtpRejection.ParameterUnknown);
    }

    // bdat-cmd = "BDAT" SP chunk-size [ SP end-marker ] CR LF; chunk-size = 1*DIGIT
    private static SmtpCommand Bdat(ReadOnlySpan<byte> rest)
    {
        var size = TakeWord(ref rest);
        var isLast = Is(rest, "LAST"u8);
        // Without a size nobody knows where the chunk ends and the next command begins; the session has to end (see SmtpServerSession).
        if (size.IsEmpty || size.ContainsAnyExceptInRange((byte)'0', (byte)'9') || !Utf8Parser.TryParse(size, out long octets, out _) || !isLast && !rest.IsEmpty)
            return new MalformedCommand(SmtpVerb.Bdat, SmtpRejection.ChunkMalformed);
        return new BdatCommand(octets, isLast);
    }

    private static bool TryTakePath(ref ReadOnlySpan<byte> rest, ReadOnlySpan<byte> prefix, out SmtpPath? path)
    {
        path = null;
        if (rest.Length < prefix.Length || !Is(rest[..prefix.Length], prefix))
            return false;
        // "MAIL FROM: <a@b>" breaks RFC 5321, 3.3 ("spaces are not permitted on either side of the colon"), many programs send it, and it can mean one thing only.
        rest = rest[prefix.Length..].TrimStart((byte)' ');
        if (!SmtpPath.TryRead(rest, out path, out var length))
            return false;
        rest = rest[length..];
        if (!rest.IsEmpty && rest[0] != ' ')
            return false;
        rest = rest.TrimStart((byte)' ');
        return true;
    }

    private static ReadOnlySpan<byte> TakeWord(ref ReadOnlySpan<byte> rest)
    {
        var blank = rest.IndexOf((byte)' ');
        var word = blank < 0 ? rest : rest[..blank];
        rest = blank < 0 ? [] : rest[(blank + 1)..].TrimStart((byte)' ');
        return word;
    }

    // esmtp-keyword = (ALPHA / DIGIT) *(ALPHA / DIGIT / "-")
    private static bool IsKeyword(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty || text[0] == '-')
            return false;
        foreach (var octet in text)
        {
            if (!char.IsAsciiLetterOrDigit((char)octet) && octet != '-')
                return false;
        }

        return true;
    }

    // esmtp-value = 1*(%d33-60 / %d62-126)
    private static bool IsValue(ReadOnlySpan<byte> text) => !text.IsEmpty && !text.ContainsAnyExceptInRange((byte)33, (byte)126) && !text.Contains((byte)'=');

    private static bool Is(ReadOnlySpan<byte> text, ReadOnlySpan<byte> word) => Ascii.EqualsIgnoreCase(text, word);
}
