using System.Text;

namespace Sendwright.Doctor.ForeignSettings;

/// <summary>
/// <c>${NAME}</c> and <c>${NAME:-default}</c>, which python-dotenv replaces in every value, whatever the quotes. Lines further up win over the environment.
/// </summary>
internal static class DotEnvVariables
{
    public static IReadOnlyList<DotEnvEntry> Expand(IReadOnlyList<DotEnvEntry> entries, Func<string, string?> environment)
    {
        var known = new Dictionary<string, string?>(StringComparer.Ordinal);
        var expanded = new List<DotEnvEntry>(entries.Count);
        foreach (var entry in entries)
        {
            var undefined = new List<string>();
            var value = entry.Value is null ? null : Expand(entry.Value, name => known.TryGetValue(name, out var own) ? own : environment(name), undefined);
            known[entry.Name] = value;
            expanded.Add(entry with { Value = value, Undefined = undefined });
        }

        return expanded;
    }

    private static string Expand(string value, Func<string, string?> lookUp, List<string> undefined)
    {
        var start = value.IndexOf("${", StringComparison.Ordinal);
        if (start < 0)
            return value;

        var result = new StringBuilder();
        var done = 0;
        while (start >= 0)
        {
            var end = value.IndexOf('}', start);
            if (end < 0)
                break;
            var inside = value.AsSpan(start + 2, end - start - 2);
            var colon = inside.IndexOf(':');
            if (colon >= 0 && !inside[colon..].StartsWith(":-"))
            {
                // No variable after all; but one may begin further on.
                start = value.IndexOf("${", start + 2, StringComparison.Ordinal);
                continue;
            }

            var name = (colon < 0 ? inside : inside[..colon]).ToString();
            result.Append(value, done, start - done);
            if (lookUp(name) is { } found)
                result.Append(found);
            else if (colon >= 0)
                result.Append(inside[(colon + 2)..]);
            else
                undefined.Add(name);
            done = end + 1;
            start = value.IndexOf("${", done, StringComparison.Ordinal);
        }

        return result.Append(value, done, value.Length - done).ToString();
    }
}
