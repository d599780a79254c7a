namespace Sendwright.SmtpServer;

/// <summary>Which command may come in which state, and what is said to one that may not.</summary>
internal static class SmtpSessionStates
{
    private const SmtpRejection Ok = SmtpRejection.None;
    private const SmtpRejection Hello = SmtpRejection.HelloFirst;
    private const SmtpRejection Mail = SmtpRejection.MailFirst;
    private const SmtpRejection Again = SmtpRejection.MailAlreadyGiven;
    private const SmtpRejection Between = SmtpRejection.NotInTransaction;
    private const SmtpRejection NoRcpt = SmtpRejection.NoValidRecipients;
    private const SmtpRejection Chunk = SmtpRejection.ChunkExpected;
    private const SmtpRejection Never = SmtpRejection.NotImplemented;
    private const SmtpRejection Unknown = SmtpRejection.UnknownCommand;

    /// <summary>The rejection, or None where the command may go on.</summary>
    public static SmtpRejection Judge(SmtpSessionState state, SmtpVerb verb)
    {
#pragma warning disable format // the formatter would push the columns together, and the columns are the point
        //                                  Greeted  Ready    MailGiven  RecipientGiven  Chunking
        ReadOnlySpan<SmtpRejection> row = verb switch
        {
            SmtpVerb.Helo or SmtpVerb.Ehlo => [Ok,      Ok,      Ok,        Ok,             Ok],      // ends a transaction as RSET does (RFC 5321, 4.1.4)
            SmtpVerb.StartTls =>              [Hello,   Ok,      Between,   Between,        Between],
            SmtpVerb.Auth =>                  [Hello,   Ok,      Between,   Between,        Between], // RFC 4954, 4: "not permitted during a mail transaction"
            SmtpVerb.Mail =>                  [Hello,   Ok,      Again,     Again,          Chunk],
            SmtpVerb.Rcpt =>                  [Hello,   Mail,    Ok,        Ok,             Chunk],   // RFC 3030, 2: between chunks only BDAT and RSET
            SmtpVerb.Data =>                  [Hello,   Mail,    NoRcpt,    Ok,             Chunk],   // RFC 5321, 3.3: 554 where all RCPT were refused
            SmtpVerb.Bdat =>                  [Hello,   Mail,    NoRcpt,    Ok,             Ok],
            SmtpVerb.Rset or SmtpVerb.Noop or SmtpVerb.Quit or SmtpVerb.Help or SmtpVerb.Vrfy
                                           => [Ok,      Ok,      Ok,        Ok,             Ok],
            SmtpVerb.Expn =>                  [Never,   Never,   Never,     Never,          Never],
            _ =>                              [Unknown, Unknown, Unknown,   Unknown,        Unknown],
        };
#pragma warning restore format
        return row[(int)state];
    }
}
