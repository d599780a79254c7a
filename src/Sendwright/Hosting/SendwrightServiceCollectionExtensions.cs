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
    /// Adds <see cref="IMailer"/> with the settings of the section <c>Mail</c>. Wrong settings stop the application at its start, with the setting's own name, the
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
        services.TryAddSingleton(provider => new CheckedMailSettings(Read(configuration, configure, provider.GetService<MailTokenSource>())));
        services.TryAddSingleton(provider => provider.GetRequiredService<CheckedMailSettings>().Settings);
        services.TryAddSingleton<IMailTransport>(provider => new SmtpTransport(provider.GetRequiredService<MailSettings>(), provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton(provider => new ConfiguredSigner(provider.GetRequiredService<MailSettings>(), provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<IMailer>(provider => new Mailer(
            provider.GetRequiredService<IMailTransport>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetService<DkimSigner>() ?? provider.GetRequiredService<ConfiguredSigner>().Signer,
            provider.GetServices<MessagePreparation>()));
        services.AddHostedService<MailSettingsCheck>();
        return services;
    }

    private static SettingsReading Read(IConfiguration configuration, Action<MailOptions>? configure, MailTokenSource? tokenSource)
    {
        if (configure is null && tokenSource is null)
            return MailSettingsReader.Read(configuration);
        var options = new MailOptions { TokenSource = tokenSource };
        configure?.Invoke(options);
        return MailSettingsReader.Read(configuration, options);
    }
}
