using System.Text.Json;

namespace Sendwright.Load;

/// <summary>What a run came to.</summary>
internal sealed record LoadResult
{
    private const int BytesPerMiB = 1024 * 1024;

    public required int Messages { get; init; }

    public required long Octets { get; init; }

    public required TimeSpan Elapsed { get; init; }

    public required TimeSpan Processor { get; init; }

    public required long Allocated { get; init; }

    public required long PeakResident { get; init; }

    /// <summary>One line, with the names that scripts rely on.</summary>
    public string ToJson() => JsonSerializer.Serialize(new Dictionary<string, double>
    {
        ["messages"] = Messages,
        ["seconds"] = Math.Round(Elapsed.TotalSeconds, 3),
        ["perSecond"] = Math.Round(Messages / Elapsed.TotalSeconds),
        ["cpuSecondsPer1000"] = Math.Round(Processor.TotalSeconds / Messages * 1000, 5),
        ["peakRssMiB"] = Math.Round((double)PeakResident / BytesPerMiB),
        ["octetsPerMessage"] = Octets / Messages,
        ["allocatedPerMessage"] = Allocated / Messages,
    });
}
