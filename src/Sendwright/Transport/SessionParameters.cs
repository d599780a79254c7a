using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sendwright.Evidence;
using Sendwright.Providers;
using Sendwright.Settings;
using Sendwright.Smtp;
using Sendwright.Smtp.Auth;
using Sendwright.Smtp.Connecting;

namespace Sendwright.Transport;

/// <summary>What settings mean for a session.</summary>
internal static class SessionParameters
{
    /// <summary>The TLS side of the settings. Reads the CA file, so make it once.</summary>
    /// <exception cref="SmtpSessionException">The CA file cannot be used: it was good when the settings were read, and has changed since.</exception>
    public static TlsParameters ToTlsParameters(this MailSettings settings)
    {
        var roots = settings.CaFile is { } file ? ReadRoots(file) : null;
        return new TlsParameters { TargetName = settings.Host.Trim('[', ']'), Roots = roots, ChecksCertificate = settings.ChecksCertificate };
    }

    public static SmtpSessionOptions ToSessionOptions(this MailSettings settings, TlsParameters tls, HostLookup lookup) => new()
    {
        Host = settings.Host,
        Port = settings.Port,
        Security = settings.Security,
        Credentials = settings.Credentials,
        PrefersXOAuth2 = settings.Credentials?.TokenSource is not null && DocumentsXOAuth2(settings.Host),
        Tls = tls,
        LocalName = settings.LocalName,
        Lookup = lookup,
    };

    private static bool DocumentsXOAuth2(string host) => ProviderCatalog.Default.FindByHost(host)?.Secrets is { } secrets
        && secrets.Any(secret => secret.Contains(XOAuth2Mechanism.MechanismName, StringComparison.Ordinal))
        && !secrets.Any(secret => secret.Contains(OAuthBearerMechanism.MechanismName, StringComparison.Ordinal));

    private static X509Certificate2Collection ReadRoots(string file)
    {
        var roots = new X509Certificate2Collection();
        try
        {
            roots.ImportFromPemFile(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException or NotSupportedException)
        {
            throw Unusable($"The file of trusted certificates, {file}, cannot be read: {e.Message}", e);
        }

        if (roots.Count == 0)
            throw Unusable($"The file of trusted certificates, {file}, has no certificate in it.", null);
        // Beside this machine's roots, as ssl.SSLContext.load_verify_locations has it: a private CA for one server must not take the public ones away.
        using var machine = new X509Store(StoreName.Root, StoreLocation.LocalMachine, OpenFlags.ReadOnly);
        roots.AddRange(machine.Certificates);
        return roots;
    }

    private static SmtpSessionException Unusable(string message, Exception? cause) =>
        new(new AttemptFault { Stage = MailStage.Settings, Kind = FaultKind.SettingsUnusable, Message = message }, cause);
}
