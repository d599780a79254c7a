using Sendwright.Mime;

namespace Sendwright.Hosting;

/// <summary>The signer that the settings describe, where they do: the container disposes it, and has no way to hold the lack of one.</summary>
internal sealed class ConfiguredSigner(IReadOnlyList<DkimKey> keys, TimeProvider clock) : IDisposable
{
    public DkimSigner? Signer { get; } = keys.Count > 0 ? new DkimSigner(keys, clock) : null;

    public void Dispose() => Signer?.Dispose();
}
