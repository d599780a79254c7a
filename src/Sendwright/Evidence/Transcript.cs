namespace Sendwright.Evidence;

/// <summary>Writes exchanges as the lines people know: <c>C:</c> for the client, <c>S:</c> for the server.</summary>
public static class Transcript
{
    /// <summary>The lines of some exchanges, in order.</summary>
    public static IReadOnlyList<string> Of(IEnumerable<Exchange> exchanges)
    {
        ArgumentNullException.ThrowIfNull(exchanges);
        var lines = new List<string>();
        foreach (var exchange in exchanges)
        {
            if (exchange.Command is { } command)
                lines.Add($"C: {command}");
            if (exchange.Reply is { } reply)
                lines.AddRange(reply.WireLines.Select(line => $"S: {line}"));
        }

        return lines;
    }
}
