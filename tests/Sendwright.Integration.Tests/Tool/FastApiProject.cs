using Sendwright.Integration.Tests.Programs;
using Sendwright.Integration.Tests.Servers;

namespace Sendwright.Integration.Tests.Tool;

/// <summary>A FastAPI project that sends with fastapi-mail: its .env file, and the tool run on it.</summary>
internal static class FastApiProject
{
    /// <summary>Runs <c>doctor</c> on settings that work with the target, changed as asked.</summary>
    public static Task<ProgramResult> DoctorAsync(
        MailTarget target, IReadOnlyDictionary<string, string?> changes, IReadOnlyList<string> arguments, CancellationToken cancellationToken) =>
        RunAsync("doctor", target, changes, arguments, cancellationToken);

    /// <summary>Runs <c>send</c> on settings that work with the target, changed as asked.</summary>
    public static Task<ProgramResult> SendAsync(
        MailTarget target, IReadOnlyDictionary<string, string?> changes, IReadOnlyList<string> arguments, CancellationToken cancellationToken) =>
        RunAsync("send", target, changes, arguments, cancellationToken);

    private static async Task<ProgramResult> RunAsync(
        string command, MailTarget target, IReadOnlyDictionary<string, string?> changes, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        using var folder = new TestFolder();
        var env = folder.Write(".env", Env(target, changes));
        string[] resolver = target.Resolver is null ? [] : ["--resolver", target.Resolver];
        return await SendwrightTool.RunAsync([command, "--env", env, .. resolver, .. arguments], cancellationToken, network: target.Network);
    }

    // A change to null takes a line out.
    private static string Env(MailTarget target, IReadOnlyDictionary<string, string?> changes)
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
