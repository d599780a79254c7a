namespace Sendwright.SmtpServer;

/// <summary>Every way in which the server itself says no. <see cref="SmtpRejections"/> has the reply to each.</summary>
internal enum SmtpRejection
{
    None,

    // Lines and their grammar
    UnknownCommand,
    NotImplemented,
    LineTooLong,
    BareLineFeed,
    ControlCharacter,
    NotUtf8,
    ArgumentMissing,
    ArgumentNotAllowed,
    ArgumentInvalid,
    ParameterInvalid,
    ParameterUnknown,
    SenderMalformed,
    RecipientMalformed,
    ChunkMalformed,

    // Order
    HelloFirst,
    MailFirst,
    MailAlreadyGiven,
    NotInTransaction,
    NoValidRecipients,
    ChunkExpected,

    // TLS and login
    TlsFirst,
    TlsAlready,
    TlsFollowedByCommands,
    LoginFirst,
    LoginAlready,
    LoginNeedsTls,
    LoginCancelled,
    LoginMalformed,
    LoginLineTooLong,
    LoginRefused,
    LoginUndecided,
    MechanismUnknown,

    // Messages
    AddressNeedsSmtpUtf8,
    TooManyRecipients,
    MessageTooLarge,
    ContentHasBareCarriageReturn,
    ContentHasBareLineFeed,
    ContentHasNul,
    HandlerFailed,

    // The session ends with these
    TooManySessions,
    TooManyErrors,
    TooManyFailedLogins,
    IdleTooLong,
    ShuttingDown,
}
