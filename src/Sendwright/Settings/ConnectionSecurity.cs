namespace Sendwright.Settings;

/// <summary>How a connection gets its TLS, once <see cref="MailSecurity.Auto"/> has been decided.</summary>
public enum ConnectionSecurity
{
    /// <summary>No TLS. Only to loopback, unless the settings say so by name.</summary>
    None,

    /// <summary>A clear start, then STARTTLS, required (RFC 3207).</summary>
    StartTls,

    /// <summary>TLS from the first byte (RFC 8314, 3.3).</summary>
    Implicit,
}

/// <summary>The setting <c>Mail:Security</c>.</summary>
public enum MailSecurity
{
    /// <summary>Implicit TLS on port 465, else STARTTLS, required; plain only to loopback.</summary>
    Auto,

    /// <summary>No TLS.</summary>
    None,

    /// <summary>STARTTLS, required.</summary>
    StartTls,

    /// <summary>TLS from the first byte.</summary>
    Implicit,
}

/// <summary>The names of the TLS modes in reports, JSON and on the command line.</summary>
public static class ConnectionSecurityNames
{
    /// <summary><c>none</c>, <c>starttls</c> or <c>implicit</c>.</summary>
    public static string ToName(this ConnectionSecurity security) => security switch
    {
        ConnectionSecurity.None => "none",
        ConnectionSecurity.StartTls => "starttls",
        ConnectionSecurity.Implicit => "implicit",
        _ => throw new ArgumentOutOfRangeException(nameof(security), security, "There is no such TLS mode."),
    };

    /// <summary>A phrase for a sentence, such as <c>STARTTLS</c> or <c>implicit TLS</c>.</summary>
    public static string ToPhrase(this ConnectionSecurity security) => security switch
    {
        ConnectionSecurity.None => "no TLS",
        ConnectionSecurity.StartTls => "STARTTLS",
        _ => "implicit TLS",
    };
}
