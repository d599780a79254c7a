using System.Diagnostics;

namespace Sendwright.Load;

/// <summary>Wall time, processor time and allocation of what lies between start and stop.</summary>
internal readonly struct LoadWatch
{
    private readonly TimeProvider _clock;
    private readonly long _started;
    private readonly TimeSpan _processor;
    private readonly long _allocated;

    private LoadWatch(TimeProvider clock)
    {
        _clock = clock;
        _processor = ProcessorTime();
        _allocated = GC.GetTotalAllocatedBytes();
        _started = clock.GetTimestamp();
    }

    public static LoadWatch Start(TimeProvider clock) => new(clock);

    public LoadResult Stop(int messages, long? octets = null) => new()
    {
        Messages = messages,
        Octets = octets,
        Elapsed = _clock.GetElapsedTime(_started),
        Processor = ProcessorTime() - _processor,
        Allocated = GC.GetTotalAllocatedBytes() - _allocated,
        PeakResident = PeakResident(),
    };

    private static TimeSpan ProcessorTime()
    {
        using var self = Process.GetCurrentProcess();
        return self.TotalProcessorTime;
    }

    private static long PeakResident()
    {
        using var self = Process.GetCurrentProcess();
        return self.PeakWorkingSet64;
    }
}
