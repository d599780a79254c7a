using System.Globalization;
using Sendwright.Settings;

namespace Sendwright.Cli.Demo;

/// <summary>The demo's application: a folder with a .env as fastapi-mail reads it, and what is to be sent.</summary>
internal sealed class DemoProject : IDisposable
{
    public const string EnvFile = ".env";
    public const string HtmlFile = "invoice.html";
    public const string AttachmentFile = "Účtenka 7.csv";

    private const string CaFile = "ca.pem";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sendwright-demo-");
    private readonly string _before = Directory.GetCurrentDirectory();

    /// <summary>Makes the project and steps into its folder, so that the commands read as one would type them there.</summary>
    public DemoProject() => Directory.SetCurrentDirectory(_folder.FullName);

    /// <summary>The settings as they may be shown.</summary>
    public IReadOnlyList<string> ShownEnv { get; private set; } = [];

    public async Task WriteAsync(DemoServer server, CancellationToken cancellationToken)
    {
        await File.WriteAllTextAsync(CaFile, server.AuthorityPem, cancellationToken);
        await File.WriteAllTextAsync(HtmlFile, "<p>Thank you! The invoice is <b>attached</b>. Děkujeme.</p>\n", cancellationToken);
        await File.WriteAllTextAsync(AttachmentFile, "item,price\nteapot,19.90\n", cancellationToken);
        await WriteEnvAsync(server, startTls: true, cancellationToken);
        ShownEnv = Env(server, Secret.Mask, startTls: true);
    }

    /// <summary>Makes the mistake.</summary>
    public static Task BreakTlsModeAsync(DemoServer server, CancellationToken cancellationToken) => WriteEnvAsync(server, startTls: false, cancellationToken);

    public void Dispose()
    {
        Directory.SetCurrentDirectory(_before);
        _folder.Delete(recursive: true);
    }

    private static Task WriteEnvAsync(DemoServer server, bool startTls, CancellationToken cancellationToken) =>
        File.WriteAllLinesAsync(EnvFile, Env(server, server.Password, startTls), cancellationToken);

    private static string[] Env(DemoServer server, string password, bool startTls) =>
    [
        "MAIL_SERVER=localhost",
        string.Create(CultureInfo.InvariantCulture, $"MAIL_PORT={server.EndPoint.Port}"),
        $"MAIL_STARTTLS={startTls}",
        $"MAIL_SSL_TLS={!startTls}",
        $"MAIL_USERNAME={DemoServer.UserName}",
        $"MAIL_PASSWORD={password}",
        $"MAIL_FROM={DemoServer.UserName}",
        $"CERT_BUNDLE={CaFile}",
    ];
}
