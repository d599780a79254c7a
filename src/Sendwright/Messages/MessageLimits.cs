using System.Globalization;
using System.Text;
using Sendwright.Messages;

namespace Sendwright;

/// <summary>What a message may have of each thing. More is refused when it is set, with the number and the limit, before a server refuses or cuts it.</summary>
public static class MessageLimits
{
    /// <summary>Recipients of To, Cc and Bcc together, and mailboxes in an <see cref="AddressList"/>. RFC 5321, 4.5.3.1.8 asks a server for at least 100 and Postfix takes 1,000 by default.</summary>
    public const int MaxRecipients = 10_000;

    /// <summary>Mailboxes in To, Cc or Reply-To. 1,000 of some 100 octets fill the longest field that Postfix keeps.</summary>
    public const int MaxMailboxesPerField = 1_000;

    /// <summary>Headers of one's own. Real messages have some dozens.</summary>
    public const int MaxHeaders = 500;

    /// <summary>Characters in a header's name: with its colon it leaves an encoded-word room on a line of 76 (RFC 2047, 2), if need be by folding.</summary>
    public const int MaxHeaderNameLength = 75;

    /// <summary>Characters in a header's value: in any script the field stays within <see cref="MaxFieldOctets"/>.</summary>
    public const int MaxHeaderValueLength = 16_384;

    /// <summary>Characters in a subject. Exchange takes 255 and Postfix a field of 102,400 octets; people read some 60.</summary>
    public const int MaxSubjectLength = 2_000;

    /// <summary>Characters in the name of a mailbox or a group. Active Directory keeps 256.</summary>
    public const int MaxDisplayNameLength = 1_000;

    /// <summary>Attachments. Exchange Online takes 250 and amavis looks into 1,500 parts by default.</summary>
    public const int MaxAttachments = 1_000;

    /// <summary>Characters in a file's name: what Linux (in octets) and Windows allow, so that the file can be saved.</summary>
    public const int MaxFileNameLength = 255;

    /// <summary>Characters in a media type with its parameters: they must fit a line of 998 (RFC 5322, 2.1.1) in the worst case.</summary>
    public const int MaxContentTypeLength = 500;

    /// <summary>Characters in a Content-ID without its brackets: it cannot be folded, and a <c>cid:</c> link repeats it.</summary>
    public const int MaxContentIdLength = 250;

    /// <summary>Characters in a Message-ID without its brackets: it cannot be folded, and the field's name stands on the same line of 998 (RFC 5322, 2.1.1).</summary>
    public const int MaxMessageIdLength = 900;

    /// <summary>Octets of one header field as written: Postfix cuts a longer one (<c>header_size_limit</c>, 102,400 by default).</summary>
    public const int MaxFieldOctets = 102_400;

    /// <summary>Octets of the whole header as written: Exchange's receive connectors refuse more (<c>MaxHeaderSize</c>, 256 KB by default).</summary>
    public const int MaxHeaderOctets = 262_144;

    /// <summary>Says that a text is too long; null where it is not.</summary>
    internal static string? FaultInLength(string thing, string value, int max) => value.Length <= max
        ? null
        : string.Create(CultureInfo.InvariantCulture, $"{thing} {VisibleText.Quote(value)} has {value.Length:N0} characters; at most {max:N0} are allowed. Shorten it.");

    /// <summary>Refuses a text that is too long.</summary>
    /// <exception cref="ArgumentException">It is.</exception>
    internal static void CheckLength(string thing, string value, int max)
    {
        if (FaultInLength(thing, value, max) is { } fault)
            throw new ArgumentException(fault);
    }

    /// <summary>Refuses a list that is too long.</summary>
    /// <exception cref="ArgumentException">It is.</exception>
    internal static void CheckCount(string list, int count, int max, string fix)
    {
        if (count > max)
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"{list} has {count:N0} entries; at most {max:N0} are allowed. {fix}"));
    }

    /// <summary>Refuses more recipients than one message may have.</summary>
    /// <exception cref="ArgumentException">There are more.</exception>
    internal static void CheckRecipients(int count) =>
        CheckCount("The list of recipients (To, Cc and Bcc together)", count, MaxRecipients, "Send the message in several parts.");

    /// <summary>Refuses a field that is too long as written.</summary>
    /// <exception cref="ArgumentException">It is.</exception>
    internal static void CheckFieldSize(ReadOnlySpan<byte> nameAndColon, int octets)
    {
        if (octets > MaxFieldOctets)
        {
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture,
                $"The header field {Encoding.ASCII.GetString(nameAndColon).TrimEnd(':')} has {octets:N0} octets; at most {MaxFieldOctets:N0} are allowed, because servers cut a longer one. Name fewer people in it, or put them into Bcc."));
        }
    }

    /// <summary>Refuses a header that is too long as written.</summary>
    /// <exception cref="ArgumentException">It is.</exception>
    internal static void CheckHeaderSize(int octets)
    {
        if (octets > MaxHeaderOctets)
        {
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture,
                $"The header of the message has {octets:N0} octets; at most {MaxHeaderOctets:N0} are allowed, because servers refuse a longer one. Put recipients into Bcc, and leave out or shorten EmailMessage.Headers."));
        }
    }
}
