using Sendwright.Evidence;
using Sendwright.Settings;
using Sendwright.Transport;

namespace Sendwright.Hosting;

/// <summary>Settings that were read; asking for them where they cannot be used throws what is wrong with all of them at once.</summary>
internal sealed class CheckedMailSettings(SettingsReading reading)
{
    /// <exception cref="MailConfigurationException">The settings cannot be used.</exception>
    public MailSettings Settings => reading.Settings ?? throw Unusable();

    private MailException Unusable()
    {
        var problems = reading.Evidence.Problems.Where(problem => problem.IsBlocking).ToList();
        var fault = new AttemptFault
        {
            Stage = MailStage.Settings,
            Kind = FaultKind.SettingsUnusable,
            Message = $"The mail settings cannot be used. {string.Join(" ", problems.Select(problem => problem.ToString()))}",
        };
        return FailureReport.ToException(fault, new DiagnosisEvidence { Settings = reading.Evidence }, [], null);
    }
}
