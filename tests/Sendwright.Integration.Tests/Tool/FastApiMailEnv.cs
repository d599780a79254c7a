using Sendwright.Integration.Tests.Servers;

namespace Sendwright.Integration.Tests.Tool;

/// <summary>The .env file of a FastAPI project that sends with fastapi-mail.</summary>
internal static class FastApiMailEnv
{
    /// <summary>The settings that work with the target, changed as asked; null takes a line out.</summary>
    public static string For(MailTarget target, IReadOnlyDictionary<string, string?> changes)
    {
        var settings = new Dictionary<string, string?>
        {
            ["MAIL_SERVER"] = target.Host,
            ["MAIL_PORT"] = $"{MailPort.Submission}",
            ["MAIL_STARTTLS"] = "True",
            ["MAIL_SSL_TLS"] = "False",
            ["MAIL_USERNAME"] = MailAccount.Ann.Address,
            ["MAIL_PASSWORD"] = MailAccount.Ann.Password,
            ["MAIL_FROM"] = MailAccount.Ann.Address,
            ["MAIL_FROM_NAME"] = "Ann",
            ["CERT_BUNDLE"] = target.AuthorityFile,
        };
        foreach (var (name, value) in changes)
            settings[name] = value;
        return string.Concat(settings.Where(setting => setting.Value is not null).Select(setting => $"{setting.Key}={setting.Value}\n"));
    }
}
