using Sendwright.Diagnosis;
using Sendwright.Doctor.Probes;
using Sendwright.Evidence;
using Sendwright.Settings;
using Sendwright.Smtp.Connecting;

namespace Sendwright.Doctor;

/// <summary>
/// Walks the configured way step by step, tries what else may work when it fails, and reports the cause. The secret goes to the configured host alone, once, over TLS
/// whose certificate passed; no content is sent.
/// </summary>
public sealed class MailDoctor(TimeProvider? clock = null)
{
    /// <summary>A healthy server has greeted long before this. What has not is worth a look from other sides while the wait goes on.</summary>
    private static readonly TimeSpan PatienceBeforeExperiments = TimeSpan.FromSeconds(1.2);

    /// <summary>Left of the time for everything, to judge and to report.</summary>
    private const double ShareForProbing = 0.9;

    private readonly TimeProvider _clock = clock ?? TimeProvider.System;

    /// <summary>Examines settings.</summary>
    /// <param name="reading">What came of reading them, problems included.</param>
    /// <param name="options">What to do and how long.</param>
    /// <param name="cancellationToken">Ends the diagnosis; what was found by then is lost.</param>
    public async Task<DiagnosisReport> ExamineAsync(SettingsReading reading, DoctorOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(reading);
        ArgumentNullException.ThrowIfNull(options);
        var started = _clock.GetTimestamp();
        var settingsStage = StageOf(reading);
        options.OnStage?.Invoke(settingsStage);
        var evidence = new DiagnosisEvidence { Settings = reading.Evidence, CollectedAt = _clock.GetUtcNow() };
        if (reading.Settings is { } settings)
        {
            var (attempt, resolutions, experiments) = await ProbeAsync(settings, options, cancellationToken).ConfigureAwait(false);
            evidence = evidence with { Attempts = [attempt with { Stages = [settingsStage, .. attempt.Stages] }, .. experiments], Resolutions = resolutions };
        }

        var report = Diagnostician.Diagnose(evidence);
        return report with
        {
            Stages = report.Stages.Count > 0 ? report.Stages : [settingsStage],
            Elapsed = _clock.GetElapsedTime(started),
        };
    }

    private async Task<(Attempt Attempt, IReadOnlyList<Resolution> Resolutions, IReadOnlyList<Attempt> Experiments)> ProbeAsync(
        MailSettings settings, DoctorOptions options, CancellationToken cancellationToken)
    {
        var limit = options.Timeout * ShareForProbing;
        var lookup = options.Lookup ?? SystemHostLookup.With(_clock);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var outOfTime = new CancellationTokenSource(limit, _clock);
        using var experimenting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, outOfTime.Token);
        var walk = new ConfiguredWalk(settings, options, lookup, limit, _clock);
        var walking = walk.RunAsync(enough.Token);
        var experiments = Task.FromResult<IReadOnlyList<Attempt>>([]);

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(walking, Task.Delay(PatienceBeforeExperiments, _clock, patience.Token)).ConfigureAwait(false);
        await patience.CancelAsync().ConfigureAwait(false);
        if (!walking.IsCompleted && walk.IsWaitingForServer)
        {
            experiments = ExperimentPlan.For(settings, walk.CurrentStage).RunAsync(lookup, _clock, experimenting.Token);
            await Task.WhenAny(walking, DecidedAsync(experiments, settings)).ConfigureAwait(false);
            // Another mode works on the very port: waiting on for a greeting that cannot come would only cost time.
            if (experiments.IsCompletedSuccessfully && SettlesWait(experiments.Result, settings))
                await enough.CancelAsync().ConfigureAwait(false);
        }

        var attempt = await walking.ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        if (attempt.Fault is { } fault && ExperimentPlan.CanSettle(fault))
        {
            if (experiments.IsCompletedSuccessfully && experiments.Result.Count == 0)
                experiments = ExperimentPlan.For(settings, fault.Stage).RunAsync(lookup, _clock, experimenting.Token);
            return (attempt, walk.Resolutions, await experiments.ConfigureAwait(false));
        }

        await experimenting.CancelAsync().ConfigureAwait(false);
        await experiments.ConfigureAwait(false);
        return (attempt, walk.Resolutions, []);
    }

    // A wait ends early only when the experiments have proved what it waits for in vain; else it goes on to its own limit.
    private static async Task DecidedAsync(Task<IReadOnlyList<Attempt>> experiments, MailSettings settings)
    {
        var results = await experiments.ConfigureAwait(false);
        if (!SettlesWait(results, settings))
            await Task.Delay(System.Threading.Timeout.InfiniteTimeSpan, TimeProvider.System, CancellationToken.None).ConfigureAwait(false);
    }

    private static bool SettlesWait(IReadOnlyList<Attempt> experiments, MailSettings settings) => experiments.Any(attempt =>
        attempt.Port == settings.Port && attempt.Security != settings.Security
        && (attempt.Fault is null || attempt.Fault.Kind == FaultKind.NotSmtp || attempt is { Security: ConnectionSecurity.Implicit, Tls.Established: true }));

    private static StageRecord StageOf(SettingsReading reading)
    {
        var problems = reading.Evidence.Problems;
        var outcome = reading.Settings is null ? StageOutcome.Failed : problems.Count > 0 ? StageOutcome.Warning : StageOutcome.Ok;
        var detail = problems.Count > 0
            ? $"{problems[0].Name}: {problems[0].Why}"
            : reading.Settings is { } settings ? $"{settings.Host}:{settings.Port}, {settings.Security.ToPhrase()}{(settings.Credentials is null ? ", no login" : $", login as {settings.Credentials.Username}")}" : null;
        return new StageRecord(MailStage.Settings, outcome, null, detail);
    }
}
