using System.Collections.Immutable;
using Sendwright.Messages;

namespace Sendwright;

/// <summary>A message as its author thinks of it. It cannot change; lists are copied when they are set, so what was checked is what is sent.</summary>
/// <remarks><see cref="MessageLimits"/> says how much of each a message may have; setting more throws an <see cref="ArgumentException"/>.</remarks>
public sealed record EmailMessage
{
    /// <summary>RFC 5322, 3.3: a date has a year of at least 1900.</summary>
    private const int EarliestYear = 1900;

    /// <summary>Who wrote it.</summary>
    public required EmailAddress From
    {
        get;
        init => field = value ?? throw new ArgumentNullException(nameof(From), "A message needs a From address. Set EmailMessage.From.");
    }

    /// <summary>Who sent it, where that is somebody else than <see cref="From"/>, such as an assistant (RFC 5322, 3.6.2).</summary>
    public EmailAddress? Sender { get; init; }

    /// <summary>Who gets the answers instead of <see cref="From"/>. An <see cref="AddressList"/> brings its groups along.</summary>
    public IReadOnlyList<EmailAddress> ReplyTo { get; init => field = Copy(value, nameof(ReplyTo), MessageLimits.MaxMailboxesPerField); } = [];

    /// <summary>Whom it is for. An <see cref="AddressList"/> brings its groups along.</summary>
    public IReadOnlyList<EmailAddress> To { get; init => field = Copy(value, nameof(To), MessageLimits.MaxMailboxesPerField); } = [];

    /// <summary>Who gets a copy that everybody sees. An <see cref="AddressList"/> brings its groups along.</summary>
    public IReadOnlyList<EmailAddress> Cc { get; init => field = Copy(value, nameof(Cc), MessageLimits.MaxMailboxesPerField); } = [];

    /// <summary>Who gets a copy that nobody sees: they are in the envelope only, never in the content.</summary>
    public IReadOnlyList<EmailAddress> Bcc { get; init => field = Copy(value, nameof(Bcc), MessageLimits.MaxRecipients); } = [];

    /// <summary>The subject in any script; null for a message without.</summary>
    /// <exception cref="ArgumentException">It holds CR, LF, NUL or half of a surrogate pair, or it is longer than <see cref="MessageLimits.MaxSubjectLength"/>.</exception>
    public string? Subject
    {
        get;
        init
        {
            if (value is not null)
            {
                FieldCharacters.Check("Subject", value);
                MessageLimits.CheckLength("Subject", value, MessageLimits.MaxSubjectLength);
            }

            field = value;
        }
    }

    /// <summary>
    /// The text. CR, LF and CRLF each end a line. Half of a surrogate pair becomes U+FFFD: unlike in a header, it can do no harm and must not keep a message from being sent.
    /// </summary>
    public string? Text { get; init; }

    /// <summary>The text as HTML, for readers that show it; line ends and surrogates as in <see cref="Text"/>.</summary>
    public string? Html { get; init; }

    /// <summary>The files that go with it.</summary>
    public IReadOnlyList<Attachment> Attachments { get; init => field = Copy(value, nameof(Attachments), MessageLimits.MaxAttachments); } = [];

    /// <summary>Headers of the user's own, written in this order.</summary>
    public IReadOnlyList<MailHeader> Headers { get; init => field = Copy(value, nameof(Headers), MessageLimits.MaxHeaders); } = [];

    /// <summary>The Message-ID with its angle brackets (they are added where missing); null to have one made.</summary>
    /// <exception cref="ArgumentException">It is not <c>unique@domain</c> in ASCII.</exception>
    public string? MessageId { get; init => field = value is null ? null : MessageIdGrammar.Bracket(value); }

    /// <summary>When it was written; null for the moment it is composed.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The year is before 1900.</exception>
    public DateTimeOffset? Date
    {
        get;
        init => field = value is { Year: < EarliestYear }
            ? throw new ArgumentOutOfRangeException(nameof(Date), value, "A message's date has a year of at least 1900 (RFC 5322, 3.3). Correct EmailMessage.Date or leave it out.")
            : value;
    }

    /// <summary>Sender, number of recipients and subject; not the text, which may hold what no log should.</summary>
    public override string ToString() =>
        $"message from {From.Address} to {To.Count + Cc.Count + Bcc.Count} recipients, subject {VisibleText.Quote(Subject ?? "")}";

    private static IReadOnlyList<T> Copy<T>(IReadOnlyList<T> items, string property, int max)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(items, property);
        MessageLimits.CheckCount(property, items.Count, max, "Send the message in several parts, or leave some out.");
        for (var index = 0; index < items.Count; index++)
        {
            if (items[index] is null)
                throw new ArgumentException($"{property} holds null at index {index}. Remove it.", property);
        }

        // What cannot change, such as another message's list, is shared; an AddressList so keeps its groups.
        return items is ImmutableArray<T> or AddressList ? items : ImmutableArray.CreateRange(items);
    }
}
