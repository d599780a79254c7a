using Sendwright.Settings;
using Sendwright.Transport;

namespace Sendwright.Hosting;

/// <summary>Makes the transport that the settings describe.</summary>
internal static class ConfiguredTransport
{
    /// <summary>A transport between routes, or to the single upstream.</summary>
    /// <param name="routes">The routes, where there are any.</param>
    /// <param name="single">The single upstream, where there are none.</param>
    /// <param name="clock">The clock.</param>
    public static IMailTransport Of(RoutesSettings? routes, Func<MailSettings> single, TimeProvider clock) =>
        routes is null ? new SmtpTransport(single(), clock) : new FailoverTransport(routes.Routes.Select(route => Route(route, clock)), clock);

    private static MailRoute Route(MailRouteSettings route, TimeProvider clock) => new()
    {
        Name = route.Name,
        Transport = new SmtpTransport(route.Upstream, clock),
        Order = route.Order,
        Weight = route.Weight,
        When = route.When,
    };
}
