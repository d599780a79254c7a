using Sendwright.Evidence;
using Sendwright.Settings;
using Sendwright.Smtp.Connecting;

namespace Sendwright.Doctor.Probes;

/// <summary>What else to try when the configured way does not work: the other TLS mode on the same port, and the other ports of mail. Side by side, without a secret.</summary>
internal sealed class ExperimentPlan
{
    // The ports on which mail is taken: relay, submission (RFC 6409), submission over TLS (RFC 8314), and the providers' way round a blocked 25.
    private static readonly (int Port, ConnectionSecurity Start)[] MailPorts =
    [
        (587, ConnectionSecurity.StartTls), (465, ConnectionSecurity.Implicit), (25, ConnectionSecurity.StartTls), (2525, ConnectionSecurity.StartTls),
    ];

    private const int RelayPort = 25;

    private readonly IReadOnlyList<Func<HostLookup, TimeProvider, CancellationToken, Task<Attempt>>> _experiments;

    private ExperimentPlan(IReadOnlyList<Func<HostLookup, TimeProvider, CancellationToken, Task<Attempt>>> experiments) => _experiments = experiments;

    /// <summary>Whether trying elsewhere can tell more about this fault. A refused login or a bad certificate is what it is.</summary>
    public static bool CanSettle(AttemptFault fault) => fault.Stage switch
    {
        // Another port would meet the same proxy.
        MailStage.Connect or MailStage.Greeting => fault.Kind is not (FaultKind.ProxyFailed or FaultKind.SettingsUnusable),
        MailStage.Hello => fault.Kind != FaultKind.Refused,
        MailStage.Tls => fault.Kind != FaultKind.CertificateRejected,
        MailStage.Auth => fault.Kind is FaultKind.AuthNotOffered,
        _ => false,
    };

    /// <summary>The experiments for a way that fails or hangs at this stage.</summary>
    public static ExperimentPlan For(MailSettings settings, MailStage stage)
    {
        var plan = new List<Func<HostLookup, TimeProvider, CancellationToken, Task<Attempt>>>();
        if (stage is MailStage.Greeting or MailStage.Hello or MailStage.Tls)
        {
            var other = settings.Security == ConnectionSecurity.Implicit ? ConnectionSecurity.StartTls : ConnectionSecurity.Implicit;
            plan.Add((lookup, clock, token) => new ModeProbe(settings, settings.Port, other).RunAsync(lookup, clock, token));
            // On port 25 a client that talks before the greeting is taken for a spammer's, and remembered as one.
            if (stage != MailStage.Hello && settings.Port != RelayPort)
                plan.Add((lookup, clock, token) => new SpeakFirstProbe(settings).RunAsync(lookup, clock, token));
        }

        foreach (var (port, start) in MailPorts.Where(known => known.Port != settings.Port))
            plan.Add((lookup, clock, token) => new ModeProbe(settings, port, start).RunAsync(lookup, clock, token));
        return new ExperimentPlan(plan);
    }

    /// <summary>Starts them all, side by side.</summary>
    public RunningExperiments Start(HostLookup lookup, TimeProvider clock, CancellationToken cancellationToken)
    {
        // One lookup serves all.
        var shared = new SharedLookup(lookup);
        return new RunningExperiments([.. _experiments.Select(experiment => experiment(shared.LookUpAsync, clock, cancellationToken))]);
    }
}
