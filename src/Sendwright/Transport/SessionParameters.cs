using System.Security.Cryptography.X509Certificates;
using Sendwright.Settings;
using Sendwright.Smtp;
using Sendwright.Smtp.Connecting;

namespace Sendwright.Transport;

/// <summary>What settings mean for a session.</summary>
internal static class SessionParameters
{
    /// <summary>The TLS side of the settings. Reads the CA file, so make it once.</summary>
    public static TlsParameters ToTlsParameters(this MailSettings settings)
    {
        var roots = (X509Certificate2Collection?)null;
        if (settings.CaFile is { } file)
        {
            // Beside this machine's roots, as ssl.SSLContext.load_verify_locations has it: a private CA for one server must not take the public ones away.
            roots = [];
            roots.ImportFromPemFile(file);
            using var machine = new X509Store(StoreName.Root, StoreLocation.LocalMachine, OpenFlags.ReadOnly);
            roots.AddRange(machine.Certificates);
        }

        return new TlsParameters { TargetName = settings.Host.Trim('[', ']'), Roots = roots, ChecksCertificate = settings.ChecksCertificate };
    }

    public static SmtpSessionOptions ToSessionOptions(this MailSettings settings, TlsParameters tls, HostLookup lookup) => new()
    {
        Host = settings.Host,
        Port = settings.Port,
        Security = settings.Security,
        Credentials = settings.Credentials,
        Tls = tls,
        LocalName = settings.LocalName,
        Lookup = lookup,
    };
}
