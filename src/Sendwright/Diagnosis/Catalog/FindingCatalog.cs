using System.Collections.Frozen;
using Sendwright.Diagnosis.Rules;
using Sendwright.Evidence;
using Sendwright.Smtp.Wire;

namespace Sendwright.Diagnosis.Catalog;

/// <summary>Every fault code that a rule can reach, in words.</summary>
internal static class FindingCatalog
{
    private static readonly FrozenDictionary<string, CatalogEntry> ByCode = new[]
    {
        SettingsEntries.All, ConnectEntries.All, GreetingEntries.All, TlsEntries.All, AuthEntries.All, EnvelopeEntries.All, PolicyEntries.All, SessionEntries.All,
    }.SelectMany(entries => entries).ToFrozenDictionary(entry => entry.Code);

    public static IReadOnlyCollection<string> Codes => ByCode.Keys;

    /// <summary>Puts a rule's proposal into words.</summary>
    public static Finding Describe(Candidate candidate, DiagnosisEvidence evidence)
    {
        var entry = ByCode.TryGetValue(candidate.Code, out var known) ? known : throw new ArgumentException($"The catalogue has no entry for {candidate.Code}.", nameof(candidate));
        var context = new FindingContext(evidence, candidate);
        // A wrong setting brings its own mending.
        var mended = candidate.Stage == MailStage.Settings && candidate.Fixes.Count > 0;
        // A rule's own fixes rest on this very evidence; what the catalogue adds about the same settings would only repeat or contradict them.
        var general = entry.Fixes(context).Where(fix => !mended && (fix.Value is null || candidate.Fixes.All(own => own.Setting != fix.Setting)));
        return new Finding
        {
            Code = candidate.Code,
            Certainty = candidate.Certainty,
            Stage = candidate.Stage,
            Title = candidate.Title ?? entry.Title(context),
            Explanation = candidate.Explanation ?? entry.Why(context),
            Evidence = candidate.Evidence,
            Fixes = [.. candidate.Fixes.Concat(general).Select(fix => context.Vocabulary.IsPlain ? fix with { Setting = null, Value = null } : fix)],
            Retry = candidate.Retry ?? Soften(entry.Retry, context.Fault?.Reply),
            References = entry.References,
        };
    }

    // 4yz: "the requested action may be requested again" (RFC 5321, 4.2.1). Whatever a server's words or its enhanced code stand for elsewhere, it did not say never.
    private static RetryAdvice Soften(RetryAdvice advice, SmtpReply? reply) =>
        advice.Kind == RetryKind.Never && reply is { IsTransient: true } ? RetryAdvice.AfterTransientReply : advice;
}
