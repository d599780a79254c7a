using Microsoft.Extensions.Hosting;

namespace Sendwright.Hosting;

/// <summary>Looks at the settings when the application starts: a wrong one is better met then than by the first customer.</summary>
internal sealed class MailSettingsCheck(CheckedMailSettings settings) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        settings.Check();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
