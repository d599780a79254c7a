namespace Sendwright.Templates;

/// <summary>Completes messages that have HTML only.</summary>
public static class EmailMessageHtmlExtensions
{
    /// <summary>The message with a text made from its HTML, where it has HTML and no text of its own; else the message itself.</summary>
    /// <remarks>HTML that shows nothing to write, such as an image without alternative text, makes no text.</remarks>
    /// <param name="message">The message to complete.</param>
    /// <param name="options">How to write the text; null for the defaults.</param>
    public static EmailMessage WithTextFromHtml(this EmailMessage message, HtmlTextOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (message.Text is not null || message.Html is null)
            return message;
        var text = HtmlText.From(message.Html, options);
        return text.Length == 0 ? message : message with { Text = text };
    }
}
