namespace Sendwright.Transport.Routes;

/// <summary>A route and what is known of its health.</summary>
internal sealed record TrackedRoute(MailRoute Route, RouteHealth Health);
