using System.Text;

namespace Sendwright.Load;

/// <summary>The text, the page and the file that make a message of a wanted size: 16 KiB and less of text and HTML, none of it ASCII only; beyond that 2 KiB of them and a file for the rest.</summary>
internal sealed class LoadTexts
{
    /// <summary>Up to here the size is text and HTML; people write no more.</summary>
    private const int LargestText = 16 * 1024;

    private const int TextBesideFile = 2 * 1024;

    private const string Sentence = "Ihre Bestellung ist unterwegs und kommt voraussichtlich übermorgen an; die Rechnung über 49,90 € liegt bei. ";

    /// <summary>The texts of a message of so many octets; as a file is sent in base64, it is three quarters of what is left for it.</summary>
    public LoadTexts(int size)
    {
        var texts = size <= LargestText ? size : TextBesideFile;
        Text = MakeText(texts / 2);
        Html = MakeHtml(texts / 2);
        if (size > LargestText)
        {
            File = new byte[(size - texts) / 4 * 3];
            new Random(1).NextBytes(File);
        }
    }

    public string Text { get; }

    public string Html { get; }

    public byte[]? File { get; }

    private static string MakeText(int octets)
    {
        var text = new StringBuilder();
        while (text.Length < octets)
            text.Append(Sentence).Append(text.Length % 3 == 0 ? "\r\n\r\n" : "\r\n");
        return text.ToString(0, octets);
    }

    // As a template makes it: attributes, links, and a style here and there.
    private static string MakeHtml(int octets)
    {
        var html = new StringBuilder("<!doctype html><html><body style=\"font-family: sans-serif\">\r\n");
        while (html.Length < octets)
            html.Append("<p class=\"line\">").Append(Sentence).Append("<a href=\"https://shop.example.com/o?id=").Append(html.Length).Append("\">Zur Bestellung</a></p>\r\n");
        return html.ToString(0, octets);
    }
}
