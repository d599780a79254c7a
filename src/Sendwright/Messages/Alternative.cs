using Sendwright.Messages;

namespace Sendwright;

/// <summary>A further form of a message's text, beside plain text and HTML.</summary>
public sealed record Alternative
{
    private const string AmpType = "text/x-amp-html";

    /// <summary>Makes a form of a type of one's own.</summary>
    /// <param name="contentType">A type <c>text/*</c>, with parameters if need be; <c>charset=utf-8</c> is added.</param>
    /// <param name="text">The text; line ends and surrogates as in <see cref="EmailMessage.Text"/>.</param>
    /// <exception cref="ArgumentException">It is no text type, or one that <see cref="EmailMessage"/> has a property for, or has another charset.</exception>
    public Alternative(string contentType, string text)
    {
        ArgumentNullException.ThrowIfNull(contentType);
        ArgumentNullException.ThrowIfNull(text);
        MediaType = Check(MediaType.Parse(contentType));
        Text = text;
    }

    /// <summary>The media type, with its parameters if it has any.</summary>
    public string ContentType => MediaType.ToString();

    /// <summary>The text.</summary>
    public string Text { get; }

    internal MediaType MediaType { get; }

    /// <summary>Whether it stands before the HTML: some readers show the last form whether they know it or not, and that must be one that they do know.</summary>
    internal bool StandsBeforeHtml => MediaType.Is(AmpType);

    /// <summary>The text as AMP for Email, which Gmail and others show as a small application.</summary>
    public static Alternative Amp(string html) => new(AmpType, html);

    /// <summary>Type and length.</summary>
    public override string ToString() => $"{ContentType} ({Text.Length} characters)";

    private static MediaType Check(MediaType type)
    {
        var shown = VisibleText.Quote(type.ToString());
        if (!type.Name.StartsWith("text/", StringComparison.OrdinalIgnoreCase))
            throw new ArgumentException($"ContentType {shown} is no form of a text: only text/* can be an alternative. Give it as an attachment.");
        if (type.Is("text/plain") || type.Is("text/html"))
            throw new ArgumentException($"ContentType {shown} cannot be an alternative beside the text and the HTML. Set EmailMessage.Text or EmailMessage.Html instead.");
        if (type["charset"] is { } charset && !charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase))
            throw new ArgumentException($"ContentType {shown} has the charset {VisibleText.Quote(charset)}, but texts are sent in UTF-8. Leave the charset out.");
        return type;
    }
}
