using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;

namespace Sendwright.Integration.Tests.Readers;

/// <summary>Messages as a program writes them that knows 8BITMIME and SMTPUTF8 and encodes nothing.</summary>
internal static class EightBitMessages
{
    private const string Id = "<eight@example.com>";

    private const int MaxSubject = 900;

    private static readonly DateTimeOffset Date = new(2026, 3, 1, 12, 0, 0, TimeSpan.FromHours(1));

    private static readonly Regex WhiteSpace = new(@"[\s\p{Cc}\uFEFF]+");

    public static Gen<ReadyMadeMessage> All =>
        from subject in MeanTexts.HeaderValues
        from isInternational in Gen.Elements(true, false)
        from text in MeanTexts.Bodies
        from html in MeanTexts.Bodies
        from file in MeanTexts.Bodies
        from isOnePart in Gen.Elements(true, false, false)
        select Write(isInternational ? InOneLine(subject) : "Hello", Lines(text), isOnePart ? null : (Lines(html), Lines(file)));

    private static ReadyMadeMessage Write(string subject, string text, (string Html, string File)? more)
    {
        var meaning = new EmailMessage { From = "ann@example.com", To = ["bob@example.net"], Subject = subject, Date = Date, MessageId = Id };
        var header = $"From: ann@example.com\nTo: bob@example.net\nBcc: secret@example.org\nSubject: {subject}\nDate: Sun, 1 Mar 2026 12:00:00 +0100\nMessage-ID: {Id}\nMIME-Version: 1.0\n";
        if (more is not var (html, file))
            return ReadyMadeMessage.Of("", $"{header}{Part("text/plain", text)}\n", meaning with { Text = text + "\n" });
        return ReadyMadeMessage.Of(
            "",
            $"""
            {header}Content-Type: multipart/mixed; boundary="=_8"

            --=_8
            Content-Type: multipart/alternative; boundary="=_8a"

            --=_8a
            {Part("text/plain", text)}
            --=_8a
            {Part("text/html", html)}
            --=_8a--
            --=_8
            Content-Disposition: attachment; filename="a.csv"
            {Part("text/csv", file)}
            --=_8--

            """,
            meaning with
            {
                Text = text,
                Html = html,
                Attachments = [Attachment.FromBytes("a.csv", Encoding.UTF8.GetBytes(file.Replace("\n", "\r\n", StringComparison.Ordinal)), "text/csv; charset=utf-8")],
            });
    }

    private static string Part(string type, string text) => string.Create(CultureInfo.InvariantCulture, $"Content-Type: {type}; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n{text}");

    // In a raw header each run of white space is one blank, and what looks like an encoded-word is one.
    private static string InOneLine(string value) => Shorten(WhiteSpace.Replace(value, " ").Replace("=?", "=", StringComparison.Ordinal)).Trim();

    // There is no 7-bit form of a field with a word that no line holds.
    private static string Shorten(string value) => value.Length <= MaxSubject ? value : Valid(value[..MaxSubject]);

    // A raw message has no line ends but CRLF, and no NUL.
    private static string Lines(string text) => Valid(text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Replace("\0", "", StringComparison.Ordinal));

    private static string Valid(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
