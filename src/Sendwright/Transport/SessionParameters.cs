using System.Net.Security;
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
    /// <summary>The TLS side of the settings. Reads the CA file and the client certificate, so make it once.</summary>
    /// <exception cref="SmtpSessionException">One of the files cannot be used: it was good when the settings were read, and has changed since.</exception>
    public static TlsParameters ToTlsParameters(this MailSettings settings)
    {
        var roots = settings.CaFile is { } file ? ReadRoots(file) : null;
        return new TlsParameters
        {
            TargetName = settings.Host.Trim('[', ']'),
            Roots = roots,
            ChecksCertificate = settings.ChecksCertificate,
            PinnedCertificates = settings.PinnedCertificates,
            MinimumVersion = settings.MinimumTls,
            ClientCertificate = settings.ClientCertificate is { } files ? ReadClientCertificate(files) : null,
        };
    }

    public static SmtpSessionOptions ToSessionOptions(this MailSettings settings, TlsParameters tls, HostLookup lookup) => new()
    {
        Host = settings.Host,
        Port = settings.Port,
        Security = settings.Security,
        Credentials = settings.Credentials,
        PrefersXOAuth2 = settings.Credentials?.TokenSource is not null && DocumentsXOAuth2(settings.Host),
        Tls = tls,
        HasClientCertificate = tls.ClientCertificate is not null,
        Proxy = settings.Proxy,
        BindAddress = settings.BindAddress,
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

    private static SslStreamCertificateContext ReadClientCertificate(ClientCertificateFiles files)
    {
        var certificates = ClientCertificateFile.Read(files, out var wrong, out var isKey);
        if (certificates is null)
            throw Unusable($"The client certificate cannot be used: {(isKey ? files.KeyFile : files.File)} {wrong}.", null);
        // Offline: what is sent along is what stands in the file.
        return SslStreamCertificateContext.Create(certificates[0], [.. certificates.Skip(1)], offline: true);
    }

    private static SmtpSessionException Unusable(string message, Exception? cause) =>
        new(new AttemptFault { Stage = MailStage.Settings, Kind = FaultKind.SettingsUnusable, Message = message }, cause);
}
