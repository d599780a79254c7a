using Microsoft.Extensions.DependencyInjection;
using Sendwright.Transport;

namespace Sendwright.Templates;

/// <summary>Puts the text from HTML into an application.</summary>
public static class TextFromHtmlServiceCollectionExtensions
{
    /// <summary>Every message that the application's <see cref="IMailer"/> sends with HTML and without a text gets one.</summary>
    /// <param name="services">The application's services; the order with <c>AddSendwright</c> does not matter.</param>
    /// <param name="options">How to write the text; null for the defaults.</param>
    public static IServiceCollection AddTextFromHtml(this IServiceCollection services, HtmlTextOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        return services.AddSingleton<MessagePreparation>(message => message.WithTextFromHtml(options));
    }
}
