using Sendwright.Mime;
using Sendwright.Settings;

namespace Sendwright.Hosting;

/// <summary>The signer that the settings describe, where they do: the container disposes it, and has no way to hold the lack of one.</summary>
internal sealed class ConfiguredSigner(MailSettings settings, TimeProvider clock) : IDisposable
{
    public DkimSigner? Signer { get; } = settings.Dkim.Count > 0 ? new DkimSigner(settings.Dkim, clock) : null;

    public void Dispose() => Signer?.Dispose();
}
