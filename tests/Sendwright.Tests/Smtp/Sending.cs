using System.Text;
using Sendwright.Evidence;
using Sendwright.Mime;
using Sendwright.Settings;
using Sendwright.Testing;
using Sendwright.Transport;

namespace Sendwright.Tests.Smtp;

/// <summary>What tests of sending need: settings for a scripted server, a message, and the secret that must never be seen.</summary>
internal static class Sending
{
    public const string Secret = "tr0ub4dor-S3CRET";

    /// <summary>Every form in which the secret could be seen.</summary>
    public static IReadOnlyList<string> SecretForms { get; } =
    [
        Secret,
        Convert.ToBase64String(Encoding.UTF8.GetBytes(Secret)),
        Convert.ToBase64String(Encoding.UTF8.GetBytes($"\0ann\0{Secret}")),
        Uri.EscapeDataString(Secret),
    ];

    public static EmailMessage Message { get; } = new()
    {
        From = "Ann <ann@example.com>",
        To = [new EmailAddress("bob@example.net", "Böb")],
        Subject = "Grüße",
        Text = ".a line with a dot\nand another\n",
    };

    public static MailSettings SettingsFor(ScriptedSmtpServer server, ConnectionSecurity security, bool hasLogin, string? caFile = null) => new()
    {
        Host = server.Host,
        Port = server.Port,
        Security = security,
        Credentials = hasLogin ? new MailCredentials("ann", new Secret(Secret)) : null,
        CaFile = caFile,
        LocalName = "app.example.com",
        Timeouts = new MailTimeouts { Total = TimeSpan.FromSeconds(20) },
        Evidence = new SettingsEvidence { Host = server.Host, Port = server.Port, Security = security, Username = hasLogin ? "ann" : null },
    };

    public static async Task<DeliveryReceipt> SendAsync(MailSettings settings, EmailMessage? message = null, CancellationToken cancellationToken = default)
    {
        await using var transport = new SmtpTransport(settings);
        return await transport.SendAsync(Envelope.For(message ?? Message), new MimeComposer(TimeProvider.System).Compose(message ?? Message), cancellationToken);
    }

    /// <summary>Everything a failure shows anywhere.</summary>
    public static string Everything(MailException e) => string.Join('\n',
        e.ToString(),
        e.Message,
        string.Join('\n', e.Failure.Transcript),
        e.Failure.ToString(),
        Sendwright.Doctor.Rendering.DiagnosisJson.Write(e.Diagnosis),
        string.Join('\n', e.Diagnosis.Evidence.Attempts.SelectMany(attempt => Sendwright.Evidence.Transcript.Of(attempt.Exchanges))),
        string.Join('\n', e.Diagnosis.Stages));
}
