using System.Collections.Concurrent;
using Sendwright.Evidence;
using Sendwright.Smtp.Connecting;

namespace Sendwright.Doctor.Probes;

/// <summary>Asks for each name once, however many probes want it.</summary>
internal sealed class SharedLookup(HostLookup lookup)
{
    private readonly ConcurrentDictionary<string, Lazy<Task<Resolution>>> _answers = new(StringComparer.OrdinalIgnoreCase);

    public async ValueTask<Resolution> LookUpAsync(string host, CancellationToken cancellationToken) =>
        await _answers.GetOrAdd(host, name => new Lazy<Task<Resolution>>(() => lookup(name, cancellationToken).AsTask())).Value.ConfigureAwait(false);
}
