namespace Sendwright.Settings;

/// <summary>Reads the TLS mode.</summary>
internal static class SecurityText
{
    public static MailSecurity? Read(string text) => text.Trim().ToLowerInvariant() switch
    {
        "auto" => MailSecurity.Auto,
        "none" => MailSecurity.None,
        "starttls" => MailSecurity.StartTls,
        "implicit" => MailSecurity.Implicit,
        _ => null,
    };

    /// <summary>
    /// What is meant by a word of another mail library. <c>ssl</c> is TLS at once in all of them; <c>tls</c> is STARTTLS in some and TLS at once in others, so the port decides.
    /// </summary>
    public static ConnectionSecurity? Guess(string text, int? port) => text.Trim().Trim('"', '\'').ToLowerInvariant() switch
    {
        "ssl" or "ssltls" or "ssl/tls" or "smtps" or "sslonconnect" or "implicittls" or "force_tls" => ConnectionSecurity.Implicit,
        "tls" or "true" or "yes" or "1" => port == 465 ? ConnectionSecurity.Implicit : ConnectionSecurity.StartTls,
        "start_tls" or "start-tls" or "explicit" or "starttls" or "starttlswhenavailable" => ConnectionSecurity.StartTls,
        "off" or "false" or "no" or "0" or "plain" or "null" => ConnectionSecurity.None,
        "implicit" => ConnectionSecurity.Implicit,
        "none" => ConnectionSecurity.None,
        _ => null,
    };
}
