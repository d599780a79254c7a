using System.Globalization;
using Sendwright.Settings;
using static Sendwright.Diagnosis.Catalog.FindingContext;

namespace Sendwright.Diagnosis.Catalog;

internal static class TlsEntries
{
    private const string StartTlsRfc = "https://www.rfc-editor.org/rfc/rfc3207";
    private const string ImplicitTlsRfc = "https://www.rfc-editor.org/rfc/rfc8314#section-3.3";

    public static IReadOnlyList<CatalogEntry> All { get; } =
    [
        new(FaultCodes.TlsModePlainOnImplicitPort, RetryAdvice.WhenFixed,
            c => $"{Capital(c.PortPhrase)} expects TLS from the first byte; the settings start in clear text.",
            _ => "The server waits for a TLS handshake and the client for a greeting: both wait until one gives up.",
            c => c.Use(ConnectionSecurity.Implicit, $"({c.PortPhrase} speaks implicit TLS)"))
        { References = [ImplicitTlsRfc] },
        new(FaultCodes.TlsModeImplicitOnStartTlsPort, RetryAdvice.WhenFixed,
            c => $"{Capital(c.PortPhrase)} starts in clear text; the settings start TLS at once.",
            _ => "The server greeted in clear text, and the TLS library took the greeting for a broken TLS record (\"wrong version number\", \"unexpected message\"). Encryption comes later here, by STARTTLS.",
            c => c.Candidate.Fixes.Count > 0 ? [] : c.Use(ConnectionSecurity.StartTls, $"({c.PortPhrase} speaks STARTTLS)"))
        { References = [StartTlsRfc] },
        new(FaultCodes.StartTlsNotOffered, RetryAdvice.WhenFixed,
            c => $"{c.Server} does not offer STARTTLS, and the settings require it.",
            _ => "Its EHLO reply was read and has no STARTTLS. Going on in clear text would show message and login to everybody on the way.",
            c => [
                .. c.UseProvidersPort(),
                Do("Ask the server's operator to switch STARTTLS on, or use its implicit TLS port (465)."),
                .. c.Evidence.Subject?.ConnectedTo is { } to && System.Net.IPAddress.IsLoopback(to.Address)
                    ? c.Use(ConnectionSecurity.None, "(the server is on this machine: nothing crosses a network)")
                    : [],
            ])
        { References = [StartTlsRfc] },
        new(FaultCodes.StartTlsRequired, RetryAdvice.WhenFixed,
            c => $"{c.Host} wants encryption first: the settings do not turn STARTTLS on.",
            c => $"The server refuses logins and mail until the connection is encrypted.{c.Words}",
            c => c.Use(ConnectionSecurity.StartTls, "to encrypt the connection before the login"))
        { References = [StartTlsRfc] },
        new(FaultCodes.StartTlsStripped, RetryAdvice.WhenFixed,
            c => $"STARTTLS was removed on the way to {c.Host}.",
            _ => "The EHLO reply has a masked keyword where STARTTLS should be: a firewall's mail inspection overwrites it, so that it can read the mail.",
            c => [
                Do("Switch SMTP inspection (\"fixup\", \"ALG\", \"mail guard\") off in the firewall for this connection."),
                .. c.Candidate.Fixes.Count > 0 ? [] : c.Use(465, ConnectionSecurity.Implicit, "so that nothing can be removed"),
            ])
        { References = [StartTlsRfc] },
        new(FaultCodes.StartTlsFailed, RetryAdvice.Later(TimeSpan.FromMinutes(15)),
            c => $"{c.Server} offers STARTTLS and then does not do it.",
            c => $"The server's TLS is misconfigured (a missing certificate or key, most often), or something in between breaks it off.{c.Words}",
            c => [
                Do("Tell the server's operator; its log names the reason."),
                .. c.Candidate.Fixes.Count > 0 ? [] : c.Use(465, ConnectionSecurity.Implicit, "if the server has that port"),
            ])
        { References = [StartTlsRfc + "#section-4"] },
        new(FaultCodes.TlsCertificateExpired, RetryAdvice.WhenFixed,
            c => c.Certificate is { } certificate
                ? string.Create(CultureInfo.InvariantCulture, $"The certificate of {c.Host} expired on {certificate.NotAfter:yyyy-MM-dd}.")
                : $"The certificate of {c.Host} has expired.",
            _ => "An expired certificate proves nothing any more, so the login is not sent.",
            c => [
                Do("The server's operator must renew the certificate and reload the mail server (a renewed file that was not loaded is a frequent reason)."),
                Do("Check this machine's date, if other services complain too.", "date -u"),
                c.About(SettingKey.Host, $"If the provider has moved, set {c.Name(SettingKey.Host)} to the name on its help page."),
            ]),
        new(FaultCodes.TlsCertificateNotYetValid, RetryAdvice.WhenFixed,
            c => c.Certificate is { } certificate
                ? string.Create(CultureInfo.InvariantCulture, $"The certificate of {c.Host} is valid only from {certificate.NotBefore:yyyy-MM-dd HH:mm} UTC on.")
                : $"The certificate of {c.Host} is not valid yet.",
            c => c.Tls?.JudgedAt is { } now
                ? string.Create(CultureInfo.InvariantCulture, $"This machine's clock says {now:yyyy-MM-dd HH:mm} UTC. One of the two is wrong.")
                : "Either the certificate or this machine's clock is wrong.",
            _ => [Do("Check this machine's date; if it is right, the server's operator must install a certificate that is valid now.", "date -u")]),
        new(FaultCodes.ClockSkew, RetryAdvice.WhenFixed,
            _ => "This machine's clock is off.",
            c => c.Tls?.JudgedAt is { } now
                ? string.Create(CultureInfo.InvariantCulture, $"It says {now:yyyy-MM-dd HH:mm} UTC. Certificates and tokens are judged by it.")
                : "Certificates and tokens are judged by it.",
            _ => [Do("Set the clock and keep it synchronised (NTP).", "timedatectl status")]),
        new(FaultCodes.TlsCertificateUntrusted, RetryAdvice.WhenFixed,
            c => c.Certificate is { IsSelfSigned: true } ? $"The certificate of {c.Host} is signed by itself." : $"The certificate of {c.Host} comes from an issuer that this machine does not trust.",
            _ => "Nobody whom this machine trusts vouches for the server: it may be the right one with a private certificate, or somebody else. The login is not sent.",
            c => [
                c.About(SettingKey.CaFile, $"If it is your own server: give its CA (or the certificate itself) as a PEM file in {c.Name(SettingKey.CaFile)}."),
                Do("If it is public: its operator must install a certificate of a public CA (such as Let's Encrypt)."),
            ]),
        new(FaultCodes.TlsCertificateIncompleteChain, RetryAdvice.WhenFixed,
            c => $"{c.Host} does not send its intermediate certificate.",
            _ => "Browsers hide this fault by fetching the missing certificate; mail programs do not, and cannot connect the certificate to a root.",
            c => [
                Do("The server's operator must configure the full chain (fullchain.pem, not cert.pem)."),
                c.About(SettingKey.CaFile, $"Until then, give a PEM file with the intermediate and its root in {c.Name(SettingKey.CaFile)}."),
            ]),
        new(FaultCodes.TlsCertificateNameMismatch, RetryAdvice.WhenFixed,
            c => c.Certificate is { Names.Count: > 0 } certificate
                ? $"The certificate is for {string.Join(", ", certificate.Names.Take(4))}, not for {c.Host}."
                : $"The certificate does not cover the name {c.Host}.",
            _ => "The server proves to be somebody else than the settings ask for: an alias of the server, another server behind the same address, or an interception.",
            c => c.Certificate is { } certificate && certificate.Names.FirstOrDefault(name => !name.StartsWith('*')) is { } name
                ? [new Fix { Text = $"If {name} is the server meant: {FixText.Assign(new SettingChange(c.Name(SettingKey.Host), name))}", Setting = c.Name(SettingKey.Host), Value = name },
                    Do($"Otherwise the server's operator must install a certificate that covers {c.Host}.")]
                : [c.About(SettingKey.Host, $"Set {c.Name(SettingKey.Host)} to a name that the certificate covers; the provider's help page has it.")])
        { References = ["https://www.rfc-editor.org/rfc/rfc9525"] },
        new(FaultCodes.LocalCaStoreMissing, RetryAdvice.WhenFixed,
            _ => "This machine lacks the root certificates that every public server is checked against.",
            c => $"{c.Provider?.Name ?? "The server"} has a certificate of a public CA; the check fails on this side. Slim containers and some Python installations come without roots.",
            c => [
                Do("Install the roots.", "apt-get install ca-certificates"),
                Do("Python on macOS: run \"Install Certificates.command\" of its folder, or install certifi."),
                c.About(SettingKey.CaFile, $"Or name a bundle in {c.Name(SettingKey.CaFile)}."),
            ]),
        new(FaultCodes.TlsProtocolVersion, RetryAdvice.WhenFixed,
            c => $"{c.Host} and this machine have no TLS version in common.",
            _ => "One of the two is too old: today's machines begin at TLS 1.2, old servers and old runtimes end at 1.0 or 1.1.",
            c => [
                .. c.Tls?.MinimumProtocol == "TLS 1.3" ? [c.About(SettingKey.MinimumTls, $"Set {c.Name(SettingKey.MinimumTls)} to 1.2, if the server has no TLS 1.3: TLS 1.2 is still safe.")] : Array.Empty<Fix>(),
                Do("Update whichever side is old: the mail server's TLS library, or this program's runtime and its TLS settings (a fixed old version in the code is a frequent reason)."),
            ]),
        new(FaultCodes.TlsCipherMismatch, RetryAdvice.WhenFixed,
            c => $"{c.Host} and this machine have no cipher, signature or key size in common.",
            _ => "Both speak TLS, and one finds everything the other offers too weak or unknown.",
            _ => [Do("Update the mail server's TLS settings (ciphers, a key of at least 2048 bits, SHA-256 signatures); loosen this machine's policy only as a stopgap.")]),
        new(FaultCodes.TlsClientCertificateRequired, RetryAdvice.WhenFixed,
            c => $"{c.Host} asks for a client certificate.",
            _ => "The server ends the connection because this client shows none, or one it does not accept.",
            c => [c.About(SettingKey.ClientCertificate, $"Give the certificate that the server's operator issued in {c.Name(SettingKey.ClientCertificate)}.")]),
    ];

    private static string Capital(string phrase) => char.ToUpperInvariant(phrase[0]) + phrase[1..];
}
