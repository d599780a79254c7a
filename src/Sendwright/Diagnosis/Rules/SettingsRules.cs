using Sendwright.Evidence;
using Sendwright.Settings;

namespace Sendwright.Diagnosis.Rules;

/// <summary>What the settings themselves give away.</summary>
internal static class SettingsRules
{
    /// <summary>Problems found while reading the settings. One that blocks is the cause; one that does not is a suspect until the attempt confirms or clears it.</summary>
    public static IEnumerable<Candidate> Problems(DiagnosisEvidence evidence)
    {
        foreach (var problem in evidence.Settings?.Problems ?? [])
        {
            // The stray end of a secret has a rule of its own: what it means depends on the login.
            if (problem.Code == FaultCodes.SecretHasWhitespace)
                continue;
            var candidate = new Candidate(problem.Code, Certainty.Certain, MailStage.Settings)
            {
                Title = $"{problem.Name}: {problem.Why}",
                Evidence = [Line(problem)],
                Fixes = Fixes(problem),
            };
            if (problem.IsBlocking)
                yield return candidate;
            else if (Suspect(evidence, problem, candidate) is { } suspect)
                yield return suspect;
        }
    }

    /// <summary>A blank, newline or quote at an end of the secret.</summary>
    public static IEnumerable<Candidate> StrayEndOfSecret(DiagnosisEvidence evidence)
    {
        if (evidence.Settings is not { Secret: { StrayEnd: { } stray } shape } settings)
            yield break;
        var subject = evidence.Subject;
        var refused = evidence.EndedAt(MailStage.Auth, FaultKind.Refused);
        // The server took the secret as it is: then its end is no stray one.
        if (subject?.Auth?.Accepted == true && !shape.StrayEndDroppedByReader)
            yield break;
        var problem = settings.Problems.FirstOrDefault(problem => problem.Code == FaultCodes.SecretHasWhitespace);
        var name = problem?.Name ?? settings.Vocabulary.NameOf(SettingKey.Password);
        yield return new Candidate(FaultCodes.SecretHasWhitespace, refused || subject?.Fault is null ? Certainty.Likely : Certainty.Possible, MailStage.Settings)
        {
            Title = $"The secret in {name} has {stray}.",
            Explanation = shape.StrayEndDroppedByReader
                ? $"{settings.Source} drops it, so this check logged in without it; other readers of the same file (`docker run --env-file`, a shell's `source`) pass it on, and the login then fails."
                : "It is sent as part of the secret, and a secret that differs in one octet is a wrong one.",
            Evidence = [problem is null ? $"{name} = {Secret.Mask} ({stray})" : Line(problem), .. refused ? evidence.Cite() : []],
            Explains = refused ? [FaultCodes.AuthBadCredentials, FaultCodes.AuthAppPasswordRequired] : [],
            Fixes = problem is null ? [new Fix { Text = $"Remove {stray} from {name}.", Setting = name }] : Fixes(problem),
        };
    }

    /// <summary>A login is set, and TLS is off or proves nothing: this client keeps the secret to itself.</summary>
    public static IEnumerable<Candidate> UnsafeLogin(DiagnosisEvidence evidence)
    {
        if (!evidence.EndedBy(FaultKind.UnsafeLoginRefused))
            yield break;
        var vocabulary = evidence.Vocabulary();
        var isUnproven = evidence.Subject!.Tls is { Established: true };
        yield return new Candidate(FaultCodes.ConfigConflict, Certainty.Certain, MailStage.Settings)
        {
            Title = isUnproven
                ? "A login is set, and the check of the certificate is switched off though it would fail."
                : "A login is set, and TLS is switched off: the secret would cross the network in clear text.",
            Explanation = "Anybody on the way could read it, so it was not sent.",
            Evidence = evidence.Cite(),
            Fixes = isUnproven
                ? [FixText.Set(new SettingChange(vocabulary.NameOf(SettingKey.ValidateCertificates), "True"), "and mend what the check then finds")]
                : [.. vocabulary.Express(ConnectionSecurity.StartTls).Select(change => FixText.Set(change, "to encrypt the connection before the login"))],
        };
    }

    /// <summary>A setting that was good when it was read, and is not now that it is needed: the file it names has changed, or the address is not this machine's.</summary>
    public static IEnumerable<Candidate> Unusable(DiagnosisEvidence evidence)
    {
        if (!evidence.EndedBy(FaultKind.SettingsUnusable))
            yield break;
        var name = evidence.Vocabulary().NameOf(SettingKey.BindAddress);
        yield return new Candidate(FaultCodes.ConfigInvalid, Certainty.Certain, MailStage.Settings)
        {
            Title = evidence.Fault()!.Message,
            Evidence = evidence.Cite(),
            Fixes = evidence.EndedAt(MailStage.Connect, FaultKind.SettingsUnusable)
                ? [new Fix { Text = $"Set {name} to an address that this machine has, or remove it.", Setting = name }]
                : [],
        };
    }

    private static Candidate? Suspect(DiagnosisEvidence evidence, SettingProblem problem, Candidate candidate)
    {
        var fault = evidence.Fault();
        if (fault is null && evidence.Subject is not null)
            return candidate with { IsAdvice = true };
        return problem.Code switch
        {
            // Its proof is the refused login, which it explains.
            FaultCodes.AuthUsernameFormat when fault is { Stage: MailStage.Auth, Kind: FaultKind.Refused } => candidate with
            {
                Certainty = Certainty.Likely,
                Explains = [FaultCodes.AuthBadCredentials],
                Evidence = [.. candidate.Evidence, .. evidence.Cite()],
            },
            FaultCodes.ConfigConflict when fault is { Stage: MailStage.Connect or MailStage.Greeting or MailStage.Tls } => candidate with { Certainty = Certainty.Possible },
            _ when fault is null => candidate with { Certainty = Certainty.Likely },
            _ => candidate with { Certainty = Certainty.Possible },
        };
    }

    private static string Line(SettingProblem problem) =>
        $"{problem.Name}{(problem.Value is null ? " is not set" : $" = \"{problem.Value}\"")}{(problem.Where is null ? "" : $" ({problem.Where})")}";

    private static IReadOnlyList<Fix> Fixes(SettingProblem problem)
    {
        var text = problem.Fix.Contains(problem.Name, StringComparison.Ordinal) ? problem.Fix : $"{problem.Name}: {problem.Fix}";
        return problem.Changes.Count == 0
            ? [new Fix { Text = text, Setting = problem.Name }]
            : [.. problem.Changes.Select((change, index) => new Fix { Text = index == 0 ? text : FixText.Assign(change), Setting = change.Name, Value = change.Value })];
    }
}
