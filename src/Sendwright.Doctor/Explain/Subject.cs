namespace Sendwright.Doctor.Explain;

/// <summary>
/// Whether a text is about sending mail at all. "Connection refused" says the same of a database: where names or a URL show another business and nothing shows mail, there is
/// nothing to explain here.
/// </summary>
internal static class Subject
{
    private static readonly int[] MailPorts = [25, 465, 587, 2525, 2587, 1025];

    private static readonly string[] Mail = ["smtp", "mail", "ESOCKET", "EDNS", "command: 'CONN'", "\"command\":\"CONN\"", "connectMx", "STARTTLS", "EHLO"];

    private static readonly string[] Other =
        ["http://", "https://", "HTTPConnectionPool", "HTTPSConnectionPool", "redis", "postgres", "psycopg", "mysql", "mongo", "amqp", "kafka", "elasticsearch", "jdbc:"];

    public static bool IsMail(PastedText text, ReportedFacts facts) =>
        facts.Problems.Count > 0
        || facts.Faults.Any(fault => fault.Fault.Reply?.EnhancedCode is not null)
        || facts.Session.Exchanges.Count > 0
        || (facts.Port is { } port && MailPorts.Contains(port))
        || Array.Exists(Mail, text.Has)
        || !Array.Exists(Other, text.Has);
}
