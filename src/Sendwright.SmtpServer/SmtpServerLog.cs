using System.Net;
using Microsoft.Extensions.Logging;

namespace Sendwright.SmtpServer;

/// <summary>The server's log messages. A client's mistakes are no errors of ours: Debug. Event ids 2000 to 2099.</summary>
internal static partial class SmtpServerLog
{
    [LoggerMessage(2000, LogLevel.Information, "SMTP server {HostName} listens on {EndPoint}")]
    public static partial void Listening(ILogger logger, string hostName, EndPoint endPoint);

    [LoggerMessage(2001, LogLevel.Debug, "Session with {Peer} began")]
    public static partial void SessionBegan(ILogger logger, EndPoint? peer);

    [LoggerMessage(2002, LogLevel.Debug, "Session with {Peer} ended: {Reason}")]
    public static partial void SessionEnded(ILogger logger, EndPoint? peer, string reason);

    [LoggerMessage(2003, LogLevel.Debug, "Refused {Peer} {Verb}: {Rejection}")]
    public static partial void Refused(ILogger logger, EndPoint? peer, SmtpVerb verb, SmtpRejection rejection);

    // Without the user name: people type their password there.
    [LoggerMessage(2004, LogLevel.Information, "Login of {Peer} with {Mechanism} was refused")]
    public static partial void LoginRefused(ILogger logger, EndPoint? peer, string mechanism);

    [LoggerMessage(2005, LogLevel.Information, "Took a message of {Octets} octets for {Recipients} recipients from {Peer}: {Reply}")]
    public static partial void MessageTaken(ILogger logger, int octets, int recipients, EndPoint? peer, string reply);

    [LoggerMessage(2006, LogLevel.Error, "The hook for {Verb} failed; the client was told to try again later")]
    public static partial void HookFailed(ILogger logger, Exception exception, SmtpVerb verb);

    [LoggerMessage(2007, LogLevel.Error, "Session with {Peer} failed")]
    public static partial void SessionFailed(ILogger logger, Exception exception, EndPoint? peer);

    [LoggerMessage(2008, LogLevel.Warning, "Accepting a connection failed; trying again")]
    public static partial void AcceptFailed(ILogger logger, Exception exception);

    [LoggerMessage(2009, LogLevel.Information, "Turned {Peer} away: {MaxSessions} sessions are open")]
    public static partial void TooManySessions(ILogger logger, EndPoint? peer, int maxSessions);
}
