namespace Sendwright.Transport.Routes;

/// <summary>The routes that a message may take, in the order in which to try them: by their order, and among equal ones by lot, each with the chance that its weight gives it.</summary>
internal sealed class RouteChoice
{
    private readonly Lock _gate = new();
    private readonly TrackedRoute[] _routes;
    private readonly Random _random;

    public RouteChoice(IEnumerable<TrackedRoute> routes, Random random)
    {
        _routes = [.. routes.OrderBy(route => route.Route.Order)];
        _random = random;
    }

    public List<TrackedRoute> For(Envelope envelope)
    {
        var chosen = new List<TrackedRoute>(_routes.Length);
        foreach (var route in _routes)
        {
            if (route.Route.When.HoldsFor(envelope))
                chosen.Add(route);
        }

        for (var first = 0; first < chosen.Count;)
        {
            var behind = first + 1;
            while (behind < chosen.Count && chosen[behind].Route.Order == chosen[first].Route.Order)
                behind++;
            for (; first < behind - 1; first++)
                Draw(chosen, first, behind);
            first = behind;
        }

        return chosen;
    }

    // Puts one of those from first on to first place.
    private void Draw(List<TrackedRoute> routes, int first, int behind)
    {
        var sum = 0;
        for (var i = first; i < behind; i++)
            sum += routes[i].Route.Weight;
        int lot;
        lock (_gate)
            lot = _random.Next(sum);
        var drawn = first;
        while (lot >= routes[drawn].Route.Weight)
            lot -= routes[drawn++].Route.Weight;
        (routes[first], routes[drawn]) = (routes[drawn], routes[first]);
    }
}
