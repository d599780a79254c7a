using Sendwright.Evidence;
using Sendwright.Settings;
using Sendwright.Transport;

namespace Sendwright.Hosting;

/// <summary>Settings that were read, of one upstream or of routes; asking for them where they cannot be used throws what is wrong with all of them at once.</summary>
internal sealed class CheckedMailSettings
{
    private readonly SettingsReading? _single;
    private readonly RoutesReading? _routes;

    public CheckedMailSettings(SettingsReading single) => _single = single;

    public CheckedMailSettings(RoutesReading routes) => _routes = routes;

    /// <summary>The only upstream.</summary>
    /// <exception cref="MailConfigurationException">The settings cannot be used.</exception>
    /// <exception cref="InvalidOperationException">There are routes instead.</exception>
    public MailSettings Settings => _single is { } single
        ? single.Settings ?? throw Unusable(single.Evidence)
        : throw new InvalidOperationException("Mail:Routes has several servers, so there are no settings of the only one. Read them with MailSettingsReader.ReadRoutes, or ask for IMailTransport.");

    /// <summary>The routes; null where there is a single upstream.</summary>
    /// <exception cref="MailConfigurationException">The settings cannot be used.</exception>
    public RoutesSettings? Routes => _routes is { } routes ? routes.Settings ?? throw Unusable(routes.Evidence) : null;

    /// <summary>Throws where the settings cannot be used.</summary>
    /// <exception cref="MailConfigurationException">The settings cannot be used.</exception>
    public void Check()
    {
        if (Routes is null)
            _ = Settings;
    }

    private static MailException Unusable(SettingsEvidence evidence)
    {
        var problems = evidence.Problems.Where(problem => problem.IsBlocking).ToList();
        var fault = new AttemptFault
        {
            Stage = MailStage.Settings,
            Kind = FaultKind.SettingsUnusable,
            Message = $"The mail settings cannot be used. {string.Join(" ", problems.Select(problem => problem.ToString()))}",
        };
        return FailureReport.ToException(fault, new DiagnosisEvidence { Settings = evidence }, [], null);
    }
}
