using Microsoft.Extensions.Options;

namespace Sendwright.Settings;

/// <summary>Stops an application at its start where the settings given in code cannot work.</summary>
internal sealed class MailOptionsValidator : IValidateOptions<MailOptions>
{
    public ValidateOptionsResult Validate(string? name, MailOptions options)
    {
        var blocking = MailSettingsReader.Read(options).Evidence.Problems.Where(problem => problem.IsBlocking).Select(problem => problem.ToString()).ToArray();
        return blocking.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(blocking);
    }
}
