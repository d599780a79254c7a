using Sendwright.Settings;
using static Sendwright.Diagnosis.Catalog.FindingContext;

namespace Sendwright.Diagnosis.Catalog;

internal static class GreetingEntries
{
    private static readonly RetryAdvice Minutes = RetryAdvice.Later(TimeSpan.FromMinutes(5));

    public static IReadOnlyList<CatalogEntry> All { get; } =
    [
        new(FaultCodes.BannerTimeout, Minutes,
            c => $"{c.Server} takes the connection and says nothing.",
            _ => "An SMTP server speaks first. This one did not: it is overloaded, delays unknown clients, is no mail server, or something in between took the connection in its place.",
            c => [
                .. c.UseProvidersPort(),
                c.About(SettingKey.Port, $"Check {c.Name(SettingKey.Host)} and {c.Name(SettingKey.Port)}: is it a mail server that listens there?"),
                Do("If it is the right server, ask its operator whether it delays its greeting or is overloaded."),
            ]),
        new(FaultCodes.NotAnSmtpServer, RetryAdvice.WhenFixed,
            c => $"What answers on {c.Server} is not an SMTP server.",
            _ => "The port belongs to another service. No TLS or login setting can help.",
            c => [
                .. c.UseProvidersPort(),
                c.About(SettingKey.Port, $"Set {c.Name(SettingKey.Port)} to the server's SMTP port: 587 (STARTTLS) or 465 (implicit TLS)."),
                c.About(SettingKey.Host, $"Check that {c.Name(SettingKey.Host)} names the mail server, not the web site."),
            ]),
        new(FaultCodes.ServerRejectsClient, RetryAdvice.WhenFixed,
            c => $"{c.Server} does not talk to this client.",
            c => $"The server refused before any command was given, so it is about this machine's address, or the server offers no service here.{c.Words}",
            c => [
                Do("Ask the server's operator why this address is refused, or use a submission service that this network may use."),
                c.About(SettingKey.Port, $"If {c.PortPhrase} is 25, use the submission port 587."),
            ]),
        new(FaultCodes.ServerBusy, Minutes,
            c => $"{c.Server} is busy and takes no mail now.",
            c => $"The server asks to come back later: too many connections, overload, or maintenance.{c.Words}",
            _ => [Do("Try again in a few minutes, with fewer connections at a time.")]),
        new(FaultCodes.HeloRejected, RetryAdvice.WhenFixed,
            _ => "The server does not accept the name this client gives itself in EHLO.",
            c => $"Many servers want a fully qualified host name or an address literal there.{c.Words}",
            c => [c.About(SettingKey.LocalName, $"Set {c.Name(SettingKey.LocalName)} to this machine's fully qualified name, such as app.example.com.")])
        { References = ["https://www.rfc-editor.org/rfc/rfc5321#section-4.1.1.1"] },
        new(FaultCodes.ProxyOrAntivirusInterception, RetryAdvice.WhenFixed,
            c => $"Something between this machine and {c.Host} answers in its place.",
            c => $"{c.Provider?.Name ?? "The provider"} does not use such a certificate: a security product, a company proxy or the hosting platform breaks the connection open.",
            c => [
                Do("Ask who runs the network, or switch off mail scanning in the security product, for this host."),
                c.About(SettingKey.CaFile, $"If the interception is wanted, give its root certificate in {c.Name(SettingKey.CaFile)}."),
            ]),
        new(FaultCodes.ProtocolViolation, Minutes,
            c => $"{c.Server} breaks the SMTP protocol.",
            _ => "What it sent is no valid reply at this point, so nothing that follows could be trusted. A proxy or security product in between is a frequent reason.",
            _ => [Do("Look for a proxy or security product in between; otherwise report the lines below to the server's operator.")]),
    ];
}
