using System.Net.Sockets;
using Sendwright.Evidence;
using Sendwright.Settings;

namespace Sendwright.Diagnosis.Rules;

/// <summary>The TCP connection.</summary>
internal static class ConnectRules
{
    private const int RelayPort = 25;

    public static IEnumerable<Candidate> Refused(DiagnosisEvidence evidence)
    {
        // A connection that fails for a reason of its own (no such local address, say) is still one that nobody took.
        if (!evidence.EndedBy(FaultKind.ConnectionRefused, FaultKind.ConnectionFailed))
            yield break;
        var isRefused = evidence.EndedBy(FaultKind.ConnectionRefused);
        yield return new Candidate(FaultCodes.ConnectionRefused, isRefused ? Certainty.Certain : Certainty.Possible, MailStage.Connect)
        {
            Title = isRefused ? null : $"No connection to {evidence.Host() ?? "the server"} could be opened.",
            Explanation = isRefused ? null : evidence.Fault()!.Message,
            Evidence = [.. evidence.Cite(), .. OtherPorts(evidence)],
            Fixes = UseWorkingPort(evidence),
        };
    }

    public static IEnumerable<Candidate> TimedOut(DiagnosisEvidence evidence)
    {
        if (!evidence.EndedBy(FaultKind.ConnectionTimedOut) && !evidence.EndedAt(MailStage.Connect, FaultKind.ReplyTimedOut, FaultKind.TotalTimedOut))
            yield break;
        var answering = evidence.WorkingExperiments().ToList();
        var looked = evidence.Experiments.Any(experiment => experiment.Port != evidence.Port());
        if (evidence.Port() == RelayPort && (answering.Count > 0 || !looked) && !EvidenceReading.IsLoopback(evidence.Host()))
        {
            // Dropped on 25 alone is the signature of a provider's rule. A text that shows only port 25 makes it the likeliest of the reasons.
            yield return new Candidate(FaultCodes.Port25Blocked, answering.Count > 0 ? Certainty.Certain : Certainty.Likely, MailStage.Connect)
            {
                Evidence = [.. evidence.Cite(), .. OtherPorts(evidence)],
                Explains = [FaultCodes.ConnectionTimedOut],
                Fixes = UseWorkingPort(evidence),
            };
        }

        yield return new Candidate(FaultCodes.ConnectionTimedOut, Certainty.Certain, MailStage.Connect)
        {
            Evidence = [.. evidence.Cite(), .. OtherPorts(evidence)],
            Fixes = UseWorkingPort(evidence),
        };
    }

    public static IEnumerable<Candidate> Unreachable(DiagnosisEvidence evidence)
    {
        if (!evidence.EndedBy(FaultKind.NetworkUnreachable))
            yield break;
        var tried = evidence.Subject!.Addresses;
        // A machine with an IPv6 address and no IPv6 route sees this for every host that has an AAAA record.
        if (tried.Count > 0 && tried.All(attempt => attempt.Address.AddressFamily == AddressFamily.InterNetworkV6))
        {
            yield return new Candidate(FaultCodes.Ipv6Broken, Certainty.Likely, MailStage.Connect)
            {
                Evidence = evidence.Cite(),
                Explains = [FaultCodes.NetworkUnreachable],
            };
        }

        yield return new Candidate(FaultCodes.NetworkUnreachable, Certainty.Certain, MailStage.Connect) { Evidence = evidence.Cite() };
    }

    /// <summary>The connection opens and ends before the server has said a word.</summary>
    public static IEnumerable<Candidate> Reset(DiagnosisEvidence evidence)
    {
        var ended = evidence.EndedAt(MailStage.Connect, FaultKind.ConnectionReset) || evidence.EndedAt(MailStage.Greeting, FaultKind.ConnectionReset, FaultKind.Disconnected);
        if (!ended)
            yield break;
        if (evidence.WorksOnSamePort(ConnectionSecurity.Implicit) is { } tls)
        {
            yield return new Candidate(FaultCodes.TlsModePlainOnImplicitPort, Certainty.Certain, MailStage.Tls)
            {
                Evidence = [.. evidence.Cite(), tls.Cite()],
                Explains = [FaultCodes.ConnectionReset],
            };
        }

        yield return new Candidate(FaultCodes.ConnectionReset, Certainty.Certain, MailStage.Greeting)
        {
            Evidence = [.. evidence.Cite(), .. OtherPorts(evidence)],
            Fixes = UseWorkingPort(evidence),
        };
    }

    /// <summary>The proxy is in the way; of the mail server nothing was seen.</summary>
    public static IEnumerable<Candidate> Proxy(DiagnosisEvidence evidence)
    {
        if (!evidence.EndedBy(FaultKind.ProxyFailed))
            yield break;
        var name = evidence.Vocabulary().NameOf(SettingKey.Proxy);
        yield return new Candidate(FaultCodes.ProxyFailed, Certainty.Certain, MailStage.Connect)
        {
            Evidence = evidence.Cite(),
            Fixes = evidence.Subject!.Proxy?.Status switch
            {
                401 or 407 => [new Fix { Text = $"Set {name} to http://user:secret@host:port, with the login that the proxy's operator gave out.", Setting = name }],
                >= 400 and < 500 => [new Fix { Text = $"Ask the proxy's operator to allow CONNECT to {evidence.Host()}:{evidence.Port()}: most proxies allow port 443 only, unless told otherwise." }],
                _ => [],
            },
        };
    }

    /// <summary>IPv6 fails where IPv4 works: every connection then waits for nothing first.</summary>
    public static IEnumerable<Candidate> BrokenIPv6(DiagnosisEvidence evidence)
    {
        if (evidence.Subject is not { ConnectedTo.AddressFamily: AddressFamily.InterNetwork } subject)
            yield break;
        var failed = subject.Addresses.Where(attempt =>
            attempt.Address.AddressFamily == AddressFamily.InterNetworkV6 && attempt.Failure is FaultKind.ConnectionTimedOut or FaultKind.NetworkUnreachable).ToList();
        if (failed.Count == 0)
            yield break;
        yield return new Candidate(FaultCodes.Ipv6Broken, Certainty.Certain, MailStage.Connect)
        {
            IsAdvice = true,
            Evidence = [.. failed.Select(attempt => $"{attempt.Address}: {attempt.Detail}"), $"{subject.ConnectedTo}: connected"],
        };
    }

    /// <summary>What to set to use a port that answered; STARTTLS and implicit TLS before none, submission ports before 25.</summary>
    public static IReadOnlyList<Fix> UseWorkingPort(DiagnosisEvidence evidence)
    {
        var best = evidence.WorkingExperiments()
            .OrderBy(attempt => attempt.Security == ConnectionSecurity.None)
            .ThenBy(attempt => attempt.Port == RelayPort)
            .ThenBy(attempt => attempt.Port != 587)
            .FirstOrDefault();
        if (best is not { Port: { } port, Security: { } security })
            return [];
        var vocabulary = evidence.Vocabulary();
        var changes = port == evidence.Port() ? vocabulary.Express(security) : vocabulary.Express(port, security);
        return [.. changes.Select((change, index) => index == 0
            ? FixText.Set(change, $"(port {port} of this host answered with {security.ToPhrase()})")
            : new Fix { Text = FixText.Assign(change), Setting = change.Name, Value = change.Value })];
    }

    private static IEnumerable<string> OtherPorts(DiagnosisEvidence evidence) => evidence.Experiments.Where(attempt => attempt.Port != evidence.Port()).Select(attempt => attempt.Cite());
}
