namespace Sendwright.Evidence;

/// <summary>Where on its way a message is, in the order in which the way is walked.</summary>
public enum MailStage
{
    /// <summary>Reading the settings.</summary>
    Settings,

    /// <summary>Looking up the host's addresses.</summary>
    Dns,

    /// <summary>Opening the TCP connection.</summary>
    Connect,

    /// <summary>Waiting for the server's 220 (RFC 5321, 3.1).</summary>
    Greeting,

    /// <summary>EHLO, or HELO where EHLO is not understood (RFC 5321, 3.2).</summary>
    Hello,

    /// <summary>The TLS handshake, by STARTTLS (RFC 3207) or at once (RFC 8314).</summary>
    Tls,

    /// <summary>Logging in (RFC 4954).</summary>
    Auth,

    /// <summary>MAIL FROM (RFC 5321, 4.1.1.2).</summary>
    Sender,

    /// <summary>RCPT TO (RFC 5321, 4.1.1.3).</summary>
    Recipient,

    /// <summary>DATA and the content (RFC 5321, 4.1.1.4).</summary>
    Data,

    /// <summary>Waiting for the reply to the final dot: who answers for the message is decided here.</summary>
    EndOfData,
}

/// <summary>The names of the stages in reports and JSON.</summary>
public static class MailStageNames
{
    /// <summary>The stage's name in reports and JSON, such as <c>end-of-data</c>.</summary>
    public static string ToName(this MailStage stage) => stage switch
    {
        MailStage.Settings => "settings",
        MailStage.Dns => "dns",
        MailStage.Connect => "connect",
        MailStage.Greeting => "greeting",
        MailStage.Hello => "hello",
        MailStage.Tls => "tls",
        MailStage.Auth => "auth",
        MailStage.Sender => "sender",
        MailStage.Recipient => "recipient",
        MailStage.Data => "data",
        MailStage.EndOfData => "end-of-data",
        _ => throw new ArgumentOutOfRangeException(nameof(stage), stage, "There is no such stage."),
    };
}
