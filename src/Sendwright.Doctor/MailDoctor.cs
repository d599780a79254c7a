using Sendwright.Diagnosis;
using Sendwright.Diagnosis.Rules;
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

    private static readonly TimeSpan PatienceForMorePorts = TimeSpan.FromSeconds(0.8);

    /// <summary>Left of the time for everything, to judge and to report.</summary>
    private const double ShareForProbing = 0.8;

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
        var experiments = RunningExperiments.None;

        // Again and again: a slow lookup or a late greeting may come before the wait that leads nowhere.
        do
            await WaitAsync(walking, PatienceBeforeExperiments, cancellationToken).ConfigureAwait(false);
        while (!walking.IsCompleted && !walk.IsWaitingForServer && !cancellationToken.IsCancellationRequested);
        if (!walking.IsCompleted && !cancellationToken.IsCancellationRequested)
        {
            experiments = ExperimentPlan.For(settings, walk.CurrentStage).Start(lookup, _clock, experimenting.Token);
            // Where another way in explains the wait, waiting on for what cannot come would only cost time.
            var settled = experiments.AnyAsync(attempt => Settles(attempt, settings));
            await Task.WhenAny(walking, SettledOnlyAsync(settled, walking)).ConfigureAwait(false);
            // A server that was merely slow has answered meanwhile, and its walk goes on.
            if (settled.IsCompletedSuccessfully && await settled.ConfigureAwait(false) && walk.IsWaitingForServer)
                await enough.CancelAsync().ConfigureAwait(false);
        }

        var attempt = await walking.ConfigureAwait(false);
        if (cancellationToken.IsCancellationRequested)
        {
            await experiments.AllAsync().ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
        }

        if (attempt.Fault is not { } fault || !ExperimentPlan.CanSettle(fault))
        {
            await experimenting.CancelAsync().ConfigureAwait(false);
            await experiments.AllAsync().ConfigureAwait(false);
            return (attempt, walk.Resolutions, []);
        }

        if (experiments.IsEmpty)
            experiments = ExperimentPlan.For(settings, fault.Stage).Start(lookup, _clock, experimenting.Token);
        // What is known already needs no more than a moment's look at the other ports, for the fix.
        var isDecided = fault.UnexpectedText is not null || experiments.Finished.Any(result => Settles(result, settings));
        await WaitAsync(experiments.AllAsync(), isDecided ? PatienceForMorePorts : limit, cancellationToken).ConfigureAwait(false);
        var results = experiments.Finished;
        await experimenting.CancelAsync().ConfigureAwait(false);
        await experiments.AllAsync().ConfigureAwait(false);
        return (attempt, walk.Resolutions, results);
    }

    private async Task WaitAsync(Task task, TimeSpan patience, CancellationToken cancellationToken)
    {
        using var done = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(task, Task.Delay(patience, _clock, done.Token)).ConfigureAwait(false);
        await done.CancelAsync().ConfigureAwait(false);
    }

    // Experiments that settle nothing must not end the wait.
    private static async Task SettledOnlyAsync(Task<bool> settled, Task walking)
    {
        if (!await settled.ConfigureAwait(false))
            await walking.ConfigureAwait(false);
    }

    private static bool Settles(Attempt attempt, MailSettings settings)
    {
        if (attempt.Port != settings.Port)
            return false;
        var isOtherMode = attempt.Security != settings.Security && attempt.Fault is null;
        var isTls = settings.Security != ConnectionSecurity.Implicit && attempt is { Security: ConnectionSecurity.Implicit, Tls.Established: true };
        return isOtherMode || isTls || attempt.Fault?.Kind == FaultKind.NotSmtp || (attempt.Tls?.PlaintextAnswer is { } answer && !EvidenceReading.LooksLikeSmtp(answer));
    }

    private static StageRecord StageOf(SettingsReading reading)
    {
        var problems = reading.Evidence.Problems;
        var outcome = reading.Settings is null ? StageOutcome.Failed : problems.Count > 0 ? StageOutcome.Warning : StageOutcome.Ok;
        var first = problems.FirstOrDefault(problem => problem.IsBlocking) ?? (problems.Count > 0 ? problems[0] : null);
        var detail = first is not null
            ? $"{first.Name}: {first.Why}"
            : reading.Settings is { } settings ? $"{settings.Host}:{settings.Port}, {settings.Security.ToPhrase()}{(settings.Credentials is null ? ", no login" : $", login as {reading.Evidence.Username}")}{(settings.Proxy is { } proxy ? $", through the proxy {proxy.Name}" : "")}" : null;
        return new StageRecord(MailStage.Settings, outcome, null, detail);
    }
}
