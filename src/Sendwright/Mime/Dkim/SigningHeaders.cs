using System.Collections.Immutable;
using Sendwright.Messages;

namespace Sendwright.Mime.Dkim;

/// <summary>Which header fields are signed, and which are kept from being added to.</summary>
internal static class SigningHeaders
{
    /// <summary>
    /// RFC 6376, 5.4.1: what carries the meaning of the message, and what a reader acts upon. RFC 8058, 4 demands the two of List-Unsubscribe.
    /// </summary>
    public static IReadOnlyList<string> Signed { get; } = ImmutableArray.Create(
        "From", "Sender", "Reply-To", "To", "Cc", "Subject", "Date", "Message-ID", "In-Reply-To", "References",
        "MIME-Version", "Content-Type", "Content-Transfer-Encoding", "Content-ID", "Content-Description", "Content-Disposition",
        "Resent-Date", "Resent-From", "Resent-Sender", "Resent-To", "Resent-Cc", "Resent-Message-ID",
        "List-Id", "List-Help", "List-Subscribe", "List-Unsubscribe", "List-Unsubscribe-Post", "List-Post", "List-Owner", "List-Archive",
        "Auto-Submitted", "Feedback-ID");

    /// <summary>Each at most once in a message (RFC 5322, 3.6; RFC 2045, 3), so a second one is an attempt to show the reader something else.</summary>
    public static IReadOnlyList<string> Oversigned { get; } = ImmutableArray.Create(
        "From", "Sender", "Reply-To", "To", "Cc", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type", "Content-Transfer-Encoding");

    /// <summary>
    /// What relays add where it is missing: RFC 6409, 8 lets them complete Sender, Date and Message-ID; some write "To: undisclosed-recipients:;" and the MIME fields of
    /// plain text. Signing their absence would break the signature of honest mail.
    /// </summary>
    private static readonly ImmutableArray<string> Completed = ["Sender", "To", "Date", "Message-ID", "MIME-Version", "Content-Type", "Content-Transfer-Encoding"];

    /// <summary>RFC 6376, 5.4: what is added, taken away or changed on every way must not be signed.</summary>
    private static readonly ImmutableArray<string> Unstable = ["Return-Path", "Received", "Bcc", "Resent-Bcc", "DKIM-Signature", "Authentication-Results"];

    /// <summary>Whether the absence of a field is signed too.</summary>
    public static bool IsSealedWhereAbsent(string name) => !Completed.Contains(name, StringComparer.OrdinalIgnoreCase);

    /// <exception cref="ArgumentException">A name cannot be signed, or From is missing.</exception>
    public static IReadOnlyList<string> Check(IReadOnlyList<string> names, string property, bool demandsFrom)
    {
        ArgumentNullException.ThrowIfNull(names, property);
        var distinct = names.Distinct(StringComparer.OrdinalIgnoreCase).ToImmutableArray();
        foreach (var name in distinct)
        {
            // A semicolon is allowed in a field's name by RFC 5322 and would end the list h=.
            if (string.IsNullOrEmpty(name) || name.AsSpan().ContainsAnyExceptInRange('!', '~') || name.AsSpan().ContainsAny(':', ';'))
                throw new ArgumentException($"{property} holds {VisibleText.Quote(name ?? "")}, which is no name of a header field. Write it like Subject, without a colon.", property);
            if (Unstable.Contains(name, StringComparer.OrdinalIgnoreCase))
                throw new ArgumentException($"{property} holds {name}, which changes on every way, so the signature would break (RFC 6376, 5.4). Take it out.", property);
        }

        return !demandsFrom || distinct.Contains("From", StringComparer.OrdinalIgnoreCase)
            ? distinct
            : throw new ArgumentException($"{property} lacks From, which has to be signed (RFC 6376, 5.4). Add it.", property);
    }
}
