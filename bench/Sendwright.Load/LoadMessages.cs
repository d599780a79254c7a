using System.Globalization;

namespace Sendwright.Load;

/// <summary>Makes messages of a wanted size, each with its own recipient, subject and text, none of it ASCII only.</summary>
internal sealed class LoadMessages(int size)
{
    private readonly EmailAddress _from = new("shop@example.com", "Müller & Söhne");
    private readonly LoadTexts _texts = new(size);

    public EmailMessage Create(int number)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"Jörg {number}");
        return new EmailMessage
        {
            From = _from,
            To = [new EmailAddress(LoadRecipient.AddressOf(number), name)],
            Subject = $"Ihre Bestellung für {name}",
            Text = $"Grüß Gott, {name}!\r\n{_texts.Text}",
            Html = $"<p>Grüß Gott, {name}!</p>\r\n{_texts.Html}",
            Attachments = _texts.File is null ? [] : [Attachment.FromBytes("Rechnung.pdf", _texts.File)],
        };
    }
}
