using System.Globalization;
using System.Text;

namespace Sendwright.Load;

/// <summary>Makes messages of a wanted size, each with its own recipient, subject and text, none of it ASCII only.</summary>
internal sealed class LoadMessages
{
    /// <summary>Up to here the size is text and HTML; people write no more.</summary>
    private const int LargestText = 16 * 1024;

    private const int TextBesideFile = 2 * 1024;

    private const string Sentence = "Ihre Bestellung ist unterwegs und kommt voraussichtlich übermorgen an; die Rechnung über 49,90 € liegt bei. ";

    private readonly EmailAddress _from = new("shop@example.com", "Müller & Söhne");
    private readonly string _text;
    private readonly string _html;
    private readonly byte[]? _file;

    public LoadMessages(int size)
    {
        var texts = size <= LargestText ? size : TextBesideFile;
        _text = Text(texts / 2);
        _html = Html(texts / 2);
        if (size > LargestText)
        {
            _file = new byte[(size - texts) / 4 * 3];
            new Random(1).NextBytes(_file);
        }
    }

    public EmailMessage Create(int number)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"Jörg {number}");
        return new EmailMessage
        {
            From = _from,
            To = [new EmailAddress(string.Create(CultureInfo.InvariantCulture, $"joerg{number}@example.org"), name)],
            Subject = $"Ihre Bestellung für {name}",
            Text = $"Grüß Gott, {name}!\r\n{_text}",
            Html = $"<p>Grüß Gott, {name}!</p>\r\n{_html}",
            Attachments = _file is null ? [] : [Attachment.FromBytes("Rechnung.pdf", _file)],
        };
    }

    private static string Text(int octets)
    {
        var text = new StringBuilder();
        while (text.Length < octets)
            text.Append(Sentence).Append(text.Length % 3 == 0 ? "\r\n\r\n" : "\r\n");
        return text.ToString(0, octets);
    }

    // As a template makes it: attributes, links, and a style here and there.
    private static string Html(int octets)
    {
        var html = new StringBuilder("<!doctype html><html><body style=\"font-family: sans-serif\">\r\n");
        while (html.Length < octets)
            html.Append("<p class=\"line\">").Append(Sentence).Append("<a href=\"https://shop.example.com/o?id=").Append(html.Length).Append("\">Zur Bestellung</a></p>\r\n");
        return html.ToString(0, octets);
    }
}
