using System.Text.Json;

namespace Sendwright.Load;

/// <summary>What a run came to.</summary>
internal sealed record LoadResult
{
    private const int BytesPerMiB = 1024 * 1024;

    public required int Messages { get; init; }

    /// <summary>The octets of all of them; null where nobody counted.</summary>
    public long? Octets { get; init; }

    /// <summary>The receipts that were right, those of the warm-up included; null where nothing was sent.</summary>
    public int? Receipts { get; init; }

    public required TimeSpan Elapsed { get; init; }

    public required TimeSpan Processor { get; init; }

    public required long Allocated { get; init; }

    public required long PeakResident { get; init; }

    /// <summary>One line, with the names that scripts rely on.</summary>
    public string ToJson()
    {
        var figures = new Dictionary<string, double>
        {
            ["messages"] = Messages,
            ["seconds"] = Math.Round(Elapsed.TotalSeconds, 3),
            ["perSecond"] = Math.Round(Messages / Elapsed.TotalSeconds),
            ["cpuSecondsPer1000"] = Math.Round(Processor.TotalSeconds / Messages * 1000, 5),
            ["peakRssMiB"] = Math.Round((double)PeakResident / BytesPerMiB),
            ["allocatedPerMessage"] = Allocated / Messages,
        };
        if (Octets is { } octets)
            figures["octetsPerMessage"] = octets / Messages;
        if (Receipts is { } receipts)
            figures["receipts"] = receipts;
        return JsonSerializer.Serialize(figures);
    }
}
