using Sendwright.Diagnosis;
using Sendwright.Evidence;
using Sendwright.Settings;

namespace Sendwright.Transport.Routes;

/// <summary>Makes one exception of what went wrong on each route that was tried.</summary>
internal static class RouteFailures
{
    /// <summary>
    /// The exception for the caller. One that ended the search is shown first: it says what no other route cures. Otherwise it is that of the route which should have taken the
    /// message, the first tried; when to try again then follows the one with the best prospects.
    /// </summary>
    /// <param name="failures">The failures, in the order in which the routes were tried; at least one.</param>
    /// <param name="lastIsFinal">Whether the last is one that no other route cures.</param>
    public static MailException ToException(IReadOnlyList<RouteFailure> failures, bool lastIsFinal)
    {
        var shown = failures[lastIsFinal ? ^1 : 0];
        var others = failures.Where(failure => failure != shown).ToList();
        var failure = shown.Failure with
        {
            OtherRoutes = [.. others.Select(other => other.Failure)],
            Retry = lastIsFinal ? shown.Failure.Retry : failures.Select(one => one.Failure.Retry).MinBy(Prospects)!,
        };
        return Again(shown.Exception, failure, Together(shown.Exception.Diagnosis, others));
    }

    /// <summary>No route takes messages with this envelope.</summary>
    public static MailException NoneFor(Envelope envelope, IEnumerable<MailRoute> routes)
    {
        var domains = envelope.Recipients.Select(recipient => recipient.Domain).Distinct(StringComparer.OrdinalIgnoreCase).Take(4).ToList();
        var problem = new SettingProblem
        {
            Code = FaultCodes.ConfigMissing,
            Key = SettingKey.Route,
            Name = "Mail:Routes",
            Value = string.Join(", ", routes.Select(route => route.Name)),
            Why = $"No route takes a message from {envelope.Sender?.Address ?? "<>"} to {string.Join(", ", domains.Take(3))}{(domains.Count > 3 ? " and others" : "")}: of each, a condition of When does not hold.",
            Fix = "Add a route without When, or send to the recipients in messages of their own.",
        };
        var fault = new AttemptFault { Stage = MailStage.Settings, Kind = FaultKind.SettingsUnusable, Message = problem.Why };
        return FailureReport.ToException(fault, new DiagnosisEvidence { Settings = new SettingsEvidence { Problems = [problem] } }, [], null);
    }

    private static (int Rank, TimeSpan After) Prospects(RetryAdvice advice) => advice.Kind switch
    {
        RetryKind.Now => (0, TimeSpan.Zero),
        RetryKind.After => (1, advice.After ?? TimeSpan.Zero),
        RetryKind.AfterReset => (2, TimeSpan.Zero),
        RetryKind.Split => (3, TimeSpan.Zero),
        RetryKind.OtherRoute => (4, TimeSpan.Zero),
        RetryKind.WhenFixed => (5, TimeSpan.Zero),
        _ => (6, TimeSpan.Zero),
    };

    // Not diagnosed anew: the rules explain one attempt, in the names of its own settings.
    private static DiagnosisReport Together(DiagnosisReport shown, List<RouteFailure> others) => shown with
    {
        Findings = [.. shown.Findings, .. others.SelectMany(other => other.Exception.Diagnosis.Findings.Select(finding => finding with { Title = $"Route {other.Failure.Route}: {finding.Title}" }))],
        Evidence = shown.Evidence with
        {
            Resolutions = [.. shown.Evidence.Resolutions, .. others.SelectMany(other => other.Exception.Diagnosis.Evidence.Resolutions)],
            Attempts = [.. shown.Evidence.Attempts, .. others.SelectMany(other => other.Exception.Diagnosis.Evidence.Attempts)],
        },
    };

    private static MailException Again(MailException exception, DeliveryFailure failure, DiagnosisReport report) => exception switch
    {
        MailConnectException => new MailConnectException(failure, report, exception.InnerException),
        MailDisconnectedException => new MailDisconnectedException(failure, report, exception.InnerException),
        MailTlsException => new MailTlsException(failure, report, exception.InnerException),
        MailAuthenticationException => new MailAuthenticationException(failure, report, exception.InnerException),
        MailRefusedException => new MailRefusedException(failure, report, exception.InnerException),
        MailContentException => new MailContentException(failure, report, exception.InnerException),
        MailTimeoutException => new MailTimeoutException(failure, report, exception.InnerException),
        MailConfigurationException => new MailConfigurationException(failure, report, exception.InnerException),
        MailOutcomeUnknownException => new MailOutcomeUnknownException(failure, report, exception.InnerException),
        _ => throw new InvalidOperationException($"There is no way to say a {exception.GetType().Name} again."),
    };
}

/// <summary>What went wrong on a route.</summary>
/// <param name="Exception">As the route's transport threw it.</param>
/// <param name="Failure">Its failure, with the route's name.</param>
internal sealed record RouteFailure(MailException Exception, DeliveryFailure Failure);
