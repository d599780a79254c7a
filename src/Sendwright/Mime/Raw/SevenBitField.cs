using System.Buffers;
using System.Globalization;
using System.Text;

namespace Sendwright.Mime.Raw;

/// <summary>Writes a header field with octets over 127, or with a line of more than 998, in the form that any server can take.</summary>
internal static class SevenBitField
{
    private const int MaxLine = 998;

    /// <summary>A longer name would leave no room on a line for a value in sections.</summary>
    private const int MaxParameterName = 40;

    /// <summary>File names have 255 characters at most on the systems that there are.</summary>
    private const int MaxParameterValue = 4096;

    /// <summary>Fields of mailboxes (RFC 5322, 3.6; RFC 8098, 2.1).</summary>
    private static readonly string[] Mailboxes =
    [
        "From", "Sender", "Reply-To", "To", "Cc", "Resent-From", "Resent-Sender", "Resent-To", "Resent-Cc", "Disposition-Notification-To",
    ];

    /// <summary>Fields with parameters (RFC 2045, 5; RFC 2183).</summary>
    private static readonly string[] Parametrised = ["Content-Type", "Content-Disposition"];

    /// <summary>Fields whose grammar has no place for text, so there is no encoded form of what is not ASCII in them.</summary>
    private static readonly string[] Structured =
    [
        "Date", "Resent-Date", "Message-ID", "Resent-Message-ID", "In-Reply-To", "References", "Received", "MIME-Version", "Content-Transfer-Encoding", "Content-ID",
        "Bcc", "Resent-Bcc", "Return-Path",
        "List-Archive", "List-Help", "List-Owner", "List-Post", "List-Subscribe", "List-Unsubscribe", // URIs (RFC 2369)
    ];

    private static readonly SearchValues<char> Token =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+-.^_`{|}~");

    /// <summary>Whether it may stay as it is.</summary>
    public static bool IsFit(ReadOnlySpan<byte> octets)
    {
        if (octets.ContainsAnyInRange((byte)128, (byte)255))
            return false;
        foreach (var line in octets.Split("\r\n"u8))
        {
            if (line.End.Value - line.Start.Value > MaxLine)
                return false;
        }

        return true;
    }

    /// <summary>The field in its other form, line end included; null where there is none.</summary>
    public static byte[]? Rewrite(RawHeader header, RawField field)
    {
        if (!header.OctetsOf(field).ContainsAnyInRange((byte)128, (byte)255))
            return Fold(header.OctetsOf(field));
        // A header is ASCII or UTF-8 (RFC 6532); of other octets nobody knows what they stand for.
        if (header.BodyAsUtf8(field) is not { } body || Structured.Any(field.Is))
            return null;
        var writer = new HeaderWriter();
        try
        {
            writer.Field(field.Name);
            var isWritten = Mailboxes.Any(field.Is) ? WriteMailboxes(ref writer, body)
                : Parametrised.Any(field.Is) ? WriteParameters(ref writer, body)
                : WriteText(ref writer, body);
            writer.EndField();
            var octets = writer.ToArray();
            return isWritten && IsFit(octets) ? octets : null;
        }
        finally
        {
            writer.Dispose();
        }
    }

    // RFC 5322, 2.2.3: a line may be folded before any white space between tokens.
    private static byte[]? Fold(ReadOnlySpan<byte> field)
    {
        var folded = new ArrayBufferWriter<byte>(field.Length + 64);
        foreach (var range in field.Split("\r\n"u8))
        {
            var line = field[range];
            if (line.IsEmpty)
                continue;
            while (line.Length > MaxLine)
            {
                // The blank goes with the second line; a first line of blanks alone would be no line of a header.
                var blank = line[..MaxLine].LastIndexOfAny((byte)' ', (byte)'\t');
                if (blank <= 0 || line[..blank].TrimStart(" \t"u8).IsEmpty)
                    return null;
                folded.Write(line[..blank]);
                folded.Write("\r\n"u8);
                line = line[blank..];
            }

            folded.Write(line);
            folded.Write("\r\n"u8);
        }

        return folded.WrittenSpan.ToArray();
    }

    private static bool WriteMailboxes(ref HeaderWriter writer, string body)
    {
        if (!AddressList.TryParse(body, out var mailboxes) || mailboxes.Any(mailbox => mailbox.NeedsSmtpUtf8))
            return false;
        AddressField.Write(ref writer, mailboxes);
        return true;
    }

    private static bool WriteText(ref HeaderWriter writer, string text)
    {
        if (!text.Contains("=?", StringComparison.Ordinal))
        {
            HeaderText.WriteUnstructured(ref writer, text);
            return true;
        }

        // Encoded-words that are there already stay. Blanks between two of them vanish for a reader (RFC 2047, 6.2), so a blank that shows is put inside.
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        for (var start = 0; start < words.Length;)
        {
            var end = start;
            while (end < words.Length && !Ascii.IsValid(words[end]))
                end++;
            if (end == start)
            {
                writer.Token(words[start++]);
                continue;
            }

            var before = start > 0 && IsEncodedWord(words[start - 1]) ? " " : "";
            var after = end < words.Length && IsEncodedWord(words[end]) ? " " : "";
            EncodedWord.Write(ref writer, $"{before}{string.Join(' ', words[start..end])}{after}");
            start = end;
        }

        return true;
    }

    private static bool IsEncodedWord(string word) => word.StartsWith("=?", StringComparison.Ordinal) && word.EndsWith("?=", StringComparison.Ordinal);

    private static bool WriteParameters(ref HeaderWriter writer, string body)
    {
        var value = MimeValue.Parse(body);
        if (value.IsDoubtful || !Ascii.IsValid(value.Value))
            return false;
        writer.Token(value.Value);
        foreach (var (name, text) in value.Parameters)
        {
            if (name.Length is 0 or > MaxParameterName || text.Length > MaxParameterValue || name.AsSpan().ContainsAnyExcept(Token))
                return false;
            writer.Append(";"u8);
            if (Ascii.IsValid(text))
                WritePlain(ref writer, name, text);
            else if (name.Contains('*', StringComparison.Ordinal))
                return false;
            else
                WriteExtended(ref writer, name, text);
        }

        return true;
    }

    private static void WritePlain(ref HeaderWriter writer, string name, string text)
    {
        // What RFC 2231 has encoded is no quoted string.
        var written = text.Length > 0 && !text.AsSpan().ContainsAnyExcept(Token)
            ? text
            : $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
        writer.Token($"{name}={written}");
    }

    // RFC 2231, 3 and 4: name*0*=utf-8''...; name*1*=... Each section holds whole characters, since some readers decode each by itself.
    private static void WriteExtended(ref HeaderWriter writer, string name, string text)
    {
        var escaped = Escape(text);
        if (name.Length + "*=utf-8''".Length + escaped.Sum(character => character.Length) < HeaderWriter.MaxLine - 2)
        {
            writer.Token($"{name}*=utf-8''{string.Concat(escaped)}");
            return;
        }

        var section = 0;
        for (var taken = 0; taken < escaped.Count; section++)
        {
            if (section > 0)
                writer.Append(";"u8);
            writer.Fold();
            writer.Append(string.Create(CultureInfo.InvariantCulture, $"{name}*{section}*={(section == 0 ? "utf-8''" : "")}"));
            for (; taken < escaped.Count && writer.Room > escaped[taken].Length; taken++)
                writer.Append(escaped[taken]);
        }
    }

    private static List<string> Escape(string text)
    {
        Span<byte> octets = stackalloc byte[4];
        var escaped = new List<string>(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            // attribute-char (RFC 2231, 7) is more than this; whoever reads escapes reads these too.
            escaped.Add(rune.IsAscii && (char.IsAsciiLetterOrDigit((char)rune.Value) || rune.Value is '.' or '-' or '_')
                ? rune.ToString()
                : string.Concat(Convert.ToHexString(octets[..rune.EncodeToUtf8(octets)]).Chunk(2).Select(pair => $"%{pair[0]}{pair[1]}")));
        }

        return escaped;
    }
}
