using Sendwright.Settings;
using static Sendwright.Diagnosis.Catalog.FindingContext;

namespace Sendwright.Diagnosis.Catalog;

internal static class ConnectEntries
{
    private static readonly RetryAdvice Minutes = RetryAdvice.Later(TimeSpan.FromMinutes(5));

    public static IReadOnlyList<CatalogEntry> All { get; } =
    [
        new(FaultCodes.DnsNameNotFound, RetryAdvice.WhenFixed,
            c => $"There is no host named {c.HostOr("as the settings say")}.",
            c => $"The resolver knows no address for that name, so there is nothing to connect to. The name in {c.Name(SettingKey.Host)} is misspelt, or is known only inside another network.",
            c => [c.About(SettingKey.Host, $"Correct {c.Name(SettingKey.Host)}: copy the SMTP server's name from the provider's help page.")])
        { References = ["https://www.rfc-editor.org/rfc/rfc2308#section-2.1"] },
        new(FaultCodes.DnsLookupFailed, Minutes,
            c => $"The name {c.Host} could not be looked up.",
            _ => "The resolver failed, refused or did not answer. The name may be right: this machine or container has no working DNS, or the name's own servers are down.",
            c => [
                Do("Look the name up by hand. If other names fail too, it is this machine's resolver (/etc/resolv.conf, the container's DNS, the network); if only this one fails, it is the name's own servers.", $"getent hosts {c.Host}"),
                Do("Ask another resolver.", $"sendwright doctor --host {c.Host} --resolver 1.1.1.1"),
            ]),
        new(FaultCodes.ConnectionRefused, Minutes,
            c => $"Nothing listens on {c.Server}.",
            c => EvidenceIsLocal(c)
                ? "This machine answered at once that no program listens on that port. In a container, localhost is the container itself, not the machine around it."
                : "The host answered at once that no program listens on that port. The host is up and reachable: the port is wrong, the mail server is not running, or a firewall refuses for it.",
            c => [
                .. c.UseProvidersPort(),
                c.About(SettingKey.Port, $"Check {c.Name(SettingKey.Port)}: submission is 587 (STARTTLS) or 465 (implicit TLS)."),
                EvidenceIsLocal(c)
                    ? c.About(SettingKey.Host, $"Check {c.Name(SettingKey.Host)}: use the mail server's own name (in Docker Compose, its service name).")
                    : c.About(SettingKey.Host, $"Check {c.Name(SettingKey.Host)}, and that the mail server is running there."),
            ]),
        new(FaultCodes.ConnectionTimedOut, Minutes,
            c => $"{c.Server} does not answer.",
            _ => "The packets that open the connection got no answer, not even a refusal. A firewall, a cloud network's rule, or this machine's own network drops them, or the host is dead.",
            c => [
                .. c.UseProvidersPort(),
                Do("Allow outgoing connections to this host and port in the firewall, the security group or the hosting platform's settings; ask the platform whether it blocks SMTP."),
                c.About(SettingKey.Port, $"Check {c.Name(SettingKey.Host)} and {c.Name(SettingKey.Port)} against the provider's help page."),
            ]),
        new(FaultCodes.Port25Blocked, RetryAdvice.WhenFixed,
            c => $"Port 25 to {c.Host} is blocked from here.",
            _ => "Port 25 is meant for mail between servers. Nearly every cloud, hosting and access provider drops it, to keep spam in. Applications submit on 587 or 465.",
            c => [
                .. c.UseProvidersPort(),
                .. c.Candidate.Fixes.Count > 0 ? [] : c.Use(587, ConnectionSecurity.StartTls, "to submit where applications should"),
            ])
        { References = ["https://www.rfc-editor.org/rfc/rfc6409#section-3.1"] },
        new(FaultCodes.NetworkUnreachable, Minutes,
            c => $"There is no network route to {c.Host}.",
            _ => "This machine itself gave up before any packet left: it has no route there, no network, or a rule that prohibits it.",
            _ => [Do("Check this machine's or container's network and default route.", "ip route")]),
        new(FaultCodes.Ipv6Broken, Minutes,
            c => $"IPv6 to {c.Host} does not work from here.",
            _ => "The host has an IPv6 address and this machine tries it, but has no working IPv6 route. Programs that try only the first address fail; others wait.",
            _ => [Do("Give this machine a working IPv6 route, or make it prefer IPv4 (a line `precedence ::ffff:0:0/96 100` in /etc/gai.conf)."), Do("See which addresses answer.", "sendwright doctor")]),
        new(FaultCodes.ProxyFailed, Minutes,
            c => $"The proxy does not lead to {c.Server}.",
            c => c.Fault?.Message ?? "The proxy that the settings name cannot be reached, refuses, or fails; of the mail server nothing was seen.",
            c => [c.About(SettingKey.Proxy, $"Check {c.Name(SettingKey.Proxy)}, or remove it where the server can be reached directly.")])
        { References = ["https://www.rfc-editor.org/rfc/rfc9110#section-9.3.6"] },
        new(FaultCodes.ConnectionReset, Minutes,
            c => $"{c.Server} takes the connection and ends it before saying anything.",
            _ => "Something accepts the connection and breaks it off at once: a firewall or proxy in between, a server that does not let this address in, or a server that speaks something else on this port.",
            c => [
                .. c.UseProvidersPort(),
                c.About(SettingKey.Port, $"Check {c.Name(SettingKey.Port)} and the TLS settings against the provider's help page."),
                Do("Ask the server's operator whether this address is let in, and look for a proxy or security product in between."),
            ]),
    ];

    private static bool EvidenceIsLocal(FindingContext context) => Rules.EvidenceReading.IsLoopback(context.Host);
}
