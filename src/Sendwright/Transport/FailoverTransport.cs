using Sendwright.Evidence;
using Sendwright.Transport.Routes;

namespace Sendwright.Transport;

/// <summary>
/// Sends over the first of several routes that takes the message. Another route is tried only where it can cure what went wrong, and never where the message might
/// arrive twice for it; docs/guide/routes.md says which failures those are.
/// </summary>
/// <remarks>
/// A route whose server cannot be reached, or takes nothing, is set aside for 5 seconds, then for twice as long each time, up to 5 minutes: messages go over the others first,
/// and one at a time tries whether it is back. Setting aside is a preference only: a message that no other route has taken is tried there too.
/// </remarks>
public sealed class FailoverTransport : IMailTransport, IAsyncDisposable
{
    private readonly TrackedRoute[] _routes;
    private readonly RouteChoice _choice;
    private bool _isDisposed;

    /// <summary>A transport over these routes. Their transports are its own from now on: it disposes them.</summary>
    /// <param name="routes">The routes, at least one, each with a name of its own. Case does not count in names.</param>
    /// <param name="clock">The clock by which routes are set aside.</param>
    /// <param name="random">Draws among routes of the same order. It need not be thread-safe, and must not be used elsewhere unless it is.</param>
    /// <exception cref="ArgumentException">There is no route, or two have the same name.</exception>
    public FailoverTransport(IEnumerable<MailRoute> routes, TimeProvider? clock = null, Random? random = null)
    {
        ArgumentNullException.ThrowIfNull(routes);
        _routes = [.. routes.Select(route => new TrackedRoute(route, new RouteHealth(clock ?? TimeProvider.System)))];
        if (_routes.Length == 0)
            throw new ArgumentException("There is no route. Give at least one.", nameof(routes));
        if (_routes.GroupBy(route => route.Route.Name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new ArgumentException($"Two routes are called {twice.Key}. Give each a name of its own.", nameof(routes));
        _choice = new RouteChoice(_routes, random ?? Random.Shared);
    }

    /// <summary>The routes, as they were given.</summary>
    public IReadOnlyList<MailRoute> Routes => [.. _routes.Select(route => route.Route)];

    /// <inheritdoc />
    /// <remarks>
    /// The receipt and the failure name their route, and have what went wrong on the others. Where every route failed, the exception is that of the first tried, or of the one that
    /// ended the search because no other could cure it; its diagnosis has the findings and attempts of all.
    /// </remarks>
    public async Task<DeliveryReceipt> SendAsync(Envelope envelope, IMessageContent content, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(envelope);
        ArgumentNullException.ThrowIfNull(content);
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _isDisposed), this);
        var failures = new List<RouteFailure>();
        foreach (var (route, use) in Uses(envelope))
        {
            try
            {
                // It is certain that no server has the message so far.
                cancellationToken.ThrowIfCancellationRequested();
                var receipt = await route.Route.Transport.SendAsync(envelope, content, cancellationToken).ConfigureAwait(false);
                route.Health.Worked(use);
                return receipt with { Route = route.Route.Name, OtherRoutes = [.. failures.Select(failure => failure.Failure)] };
            }
            catch (MailException exception)
            {
                failures.Add(new RouteFailure(exception, exception.Failure with { Route = route.Route.Name }));
                var verdict = RouteVerdicts.Of(exception.Failure);
                Report(route.Health, use, exception.Failure, verdict, cancellationToken);
                if (verdict == RouteVerdict.Stays)
                    throw RouteFailures.ToException(failures, lastIsFinal: true);
            }
            catch
            {
                route.Health.Undecided(use);
                throw;
            }
        }

        throw failures.Count > 0 ? RouteFailures.ToException(failures, lastIsFinal: false) : RouteFailures.NoneFor(envelope, Routes);
    }

    /// <summary>Disposes the routes' transports, all at once, and takes no more messages.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, true))
            return;
        await Task.WhenAll(_routes.Select(route => route.Route.Transport).Distinct().Select(DisposeAsync)).ConfigureAwait(false);
    }

    private static async Task DisposeAsync(IMailTransport transport)
    {
        if (transport is IAsyncDisposable withWait)
            await withWait.DisposeAsync().ConfigureAwait(false);
        else
            (transport as IDisposable)?.Dispose();
    }

    // Those in use first; then, where none of them took it, those that are set aside. Each is looked at when its turn comes: a probe is begun only by whoever makes it.
    private IEnumerable<(TrackedRoute Route, RouteUse Use)> Uses(Envelope envelope)
    {
        List<TrackedRoute>? setAside = null;
        foreach (var route in _choice.For(envelope))
        {
            if (route.Health.TryBegin() is { } use)
                yield return (route, use);
            else
                (setAside ??= []).Add(route);
        }

        foreach (var route in setAside ?? [])
            yield return (route, route.Health.BeginAnyway());
    }

    private static void Report(RouteHealth health, RouteUse use, DeliveryFailure failure, RouteVerdict verdict, CancellationToken cancellationToken)
    {
        switch (failure.Kind)
        {
            case FaultKind.OutcomeUnknown when !cancellationToken.IsCancellationRequested:
                // The message stays what it is, and the next ones should not end so too.
                health.Failed(use);
                break;
            case FaultKind.OutcomeUnknown or FaultKind.Cancelled or FaultKind.ContentNotCanonical or FaultKind.ContentChanged or FaultKind.ContentUnreadable:
                health.Undecided(use);
                break;
            default:
                if (verdict == RouteVerdict.MovesAndSetsAside)
                    health.Failed(use);
                else
                    health.Worked(use);
                break;
        }
    }
}
