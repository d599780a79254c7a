namespace Sendwright.Settings;

/// <summary>Finds the name that was meant by one that nobody reads.</summary>
internal static class SettingNames
{
    /// <summary>The nearest of the known names; null where none is near, or two are equally near.</summary>
    public static string? Nearest(string name, IEnumerable<string> known)
    {
        // One slip in a short word, two in a longer one: `Pool` must not become `Port` by two.
        var limit = name.Length < 6 ? 1 : 2;
        string? nearest = null;
        var best = limit + 1;
        foreach (var candidate in known)
        {
            var distance = EditDistance.Between(name, candidate, limit);
            if (distance < best)
            {
                best = distance;
                nearest = candidate;
            }
            else if (distance == best)
            {
                nearest = null;
            }
        }

        return best <= limit ? nearest : null;
    }
}
