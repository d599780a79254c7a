using Sendwright.Evidence;

namespace Sendwright.Doctor.Probes;

/// <summary>Experiments under way. None of them throws, and each ends by its own limits.</summary>
internal sealed class RunningExperiments(IReadOnlyList<Task<Attempt>> tasks)
{
    public static RunningExperiments None { get; } = new([]);

    public bool IsEmpty => tasks.Count == 0;

    /// <summary>The results so far, in the plan's order. One that was cut short has none: that its port was not seen to answer is no sign that it does not.</summary>
    public IReadOnlyList<Attempt> Finished =>
        [.. tasks.Where(task => task.IsCompletedSuccessfully).Select(task => task.Result).Where(attempt => attempt.Fault?.Kind != FaultKind.Cancelled)];

    /// <summary>Ends when all have ended.</summary>
    public Task AllAsync() => Task.WhenAll(tasks);

    /// <summary>Ends with true as soon as one result fulfils the condition, with false when all have ended and none does.</summary>
    public async Task<bool> AnyAsync(Func<Attempt, bool> condition)
    {
        var open = tasks.ToList();
        while (open.Count > 0)
        {
            var ended = await Task.WhenAny(open).ConfigureAwait(false);
            open.Remove(ended);
            if (condition(await ended.ConfigureAwait(false)))
                return true;
        }

        return false;
    }
}
