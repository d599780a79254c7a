using Sendwright.Settings;

namespace Sendwright.Doctor.ForeignSettings;

/// <summary>Reads a file of settings, whoever it was written for.</summary>
internal static class ForeignSettingsReader
{
    private const string Library = "sendwright";

    /// <summary>Frameworks whose names are known to come, so that asking for one is told apart from a slip of the finger.</summary>
    private static readonly string[] NotYet = ["flask-mail", "django", "laravel", "symfony", "rails", "spring", "nodemailer", "wordpress", "system.net.mail", "mailkit"];

    /// <summary>The names to give as framework.</summary>
    public static IReadOnlyList<string> Frameworks { get; } = [FastApiMailSettings.Framework, Library];

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="framework">The framework it is written for; null to judge by its names.</param>
    /// <param name="environment">What a variable of the environment holds; null for this process's.</param>
    public static ForeignSettingsFile Read(string path, string? framework = null, Func<string, string?>? environment = null)
    {
        if (framework is not null && !Frameworks.Contains(framework, StringComparer.OrdinalIgnoreCase))
            return ForeignSettingsFile.Refused(Unsupported(framework));

        var (text, unreadable) = DotEnvFile.ReadText(path);
        if (text is null)
            return ForeignSettingsFile.Refused(unreadable!);

        var isFastApiMail = FastApiMailSettings.Framework.Equals(framework, StringComparison.OrdinalIgnoreCase);
        if (!isFastApiMail && IsJson(path, text))
            return JsonMailSection.Read(path, text);

        var file = DotEnvFile.Parse(path, text, environment ?? Environment.GetEnvironmentVariable);
        if (isFastApiMail || (framework is null && FastApiMailSettings.Fits(file)))
            return ForeignSettingsFile.Of(FastApiMailSettings.Source(file));
        if (EnvironmentMailSection.Fits(file))
            return ForeignSettingsFile.Of(EnvironmentMailSection.Source(file));
        return ForeignSettingsFile.Refused(
            framework is null
                ? $"{path} has no mail settings that this version knows: neither MAIL_SERVER, MAIL_STARTTLS and MAIL_SSL_TLS (fastapi-mail), nor Mail__Host or Mail__Url (sendwright), "
                    + "nor is it JSON with a section \"Mail\". If it is written for fastapi-mail under other names, say --framework fastapi-mail."
                : $"{path} has no settings of {Library}: neither Mail__Host nor Mail__Url.");
    }

    private static bool IsJson(string path, string text) =>
        Path.GetExtension(path).Equals(".json", StringComparison.OrdinalIgnoreCase) || text.AsSpan().TrimStart('\ufeff').TrimStart() is ['{', ..];

    private static string Unsupported(string framework)
    {
        var supported = $"supported are {string.Join(" and ", Frameworks)}";
        if (NotYet.Contains(framework, StringComparer.OrdinalIgnoreCase))
            return $"Settings of {framework} are not read yet by this version; {supported}.";
        return SettingNames.Nearest(framework, Frameworks) is { } near
            ? $"There is no framework \"{framework}\"; did you mean {near}?"
            : $"There is no framework \"{framework}\"; {supported}.";
    }
}
