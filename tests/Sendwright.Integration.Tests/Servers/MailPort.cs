namespace Sendwright.Integration.Tests.Servers;

/// <summary>The ports of the test's servers, which are the world's.</summary>
internal static class MailPort
{
    /// <summary>No TLS; a login is taken in clear.</summary>
    public const int Plain = 25;

    /// <summary>STARTTLS before anything else (RFC 6409).</summary>
    public const int Submission = 587;

    /// <summary>TLS from the first byte (RFC 8314).</summary>
    public const int ImplicitTls = 465;
}
