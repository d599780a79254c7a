using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Sendwright.Mime;
using Sendwright.Settings;
using Sendwright.Transport;

namespace Sendwright.Hosting;

/// <summary>Puts Sendwright into an application.</summary>
public static class SendwrightServiceCollectionExtensions
{
    /// <summary>
    /// Adds <see cref="IMailer"/> with the settings of the section <c>Mail</c>: those of one server, or of several in <c>Mail:Routes</c>, between which a
    /// <see cref="FailoverTransport"/> chooses. Wrong settings stop the application at its start, with the setting's own name, the
    /// value (secrets masked), why, and the fix. Where the services have a <see cref="DkimSigner"/>, it signs; else the keys of <c>Mail:Dkim</c> do.
    /// A <see cref="MailTokenSource"/> among the services gives OAuth 2 tokens in place of the password. Each <see cref="MessagePreparation"/> among the services completes every message.
    /// </summary>
    /// <param name="services">The application's services.</param>
    /// <param name="configuration">The application's whole configuration.</param>
    /// <param name="configure">Settings given in code; they win over the configuration's.</param>
    public static IServiceCollection AddSendwright(this IServiceCollection services, IConfiguration configuration, Action<MailOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configuration);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(provider => Read(configuration, configure, provider.GetService<MailTokenSource>()));
        services.TryAddSingleton(provider => provider.GetRequiredService<CheckedMailSettings>().Settings);
        services.TryAddSingleton<IMailTransport>(provider => ConfiguredTransport.Of(
            provider.GetRequiredService<CheckedMailSettings>().Routes, provider.GetRequiredService<MailSettings>, provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton(provider => new ConfiguredSigner(
            provider.GetRequiredService<CheckedMailSettings>().Routes?.Dkim ?? provider.GetRequiredService<MailSettings>().Dkim, provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<IMailer>(provider => new Mailer(
            provider.GetRequiredService<IMailTransport>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetService<DkimSigner>() ?? provider.GetRequiredService<ConfiguredSigner>().Signer,
            provider.GetServices<MessagePreparation>()));
        services.AddHostedService<MailSettingsCheck>();
        return services;
    }

    private static CheckedMailSettings Read(IConfiguration configuration, Action<MailOptions>? configure, MailTokenSource? tokenSource)
    {
        var options = configure is null && tokenSource is null ? null : new MailOptions { TokenSource = tokenSource };
        if (options is not null)
            configure?.Invoke(options);
        return MailSettingsReader.ReadRoutes(configuration, options) is { } routes
            ? new CheckedMailSettings(routes)
            : new CheckedMailSettings(MailSettingsReader.Read(configuration, options));
    }
}
