using System.Net.Sockets;
using System.Security.Authentication;
using Sendwright.Evidence;

namespace Sendwright.Smtp;

/// <summary>Names what a failed read, write or connect means.</summary>
internal static class StreamFault
{
    /// <summary>Whether the exception is one with which a socket or TLS reports the end of a connection. TLS can fail after the handshake too, when the peer asks for another.</summary>
    public static bool IsOfStream(Exception exception) => exception is IOException or SocketException or AuthenticationException;

    /// <summary>The fact behind an I/O exception of an open connection.</summary>
    public static AttemptFault Describe(Exception exception, MailStage stage, string? command)
    {
        var socketError = FindSocketError(exception);
        var kind = socketError switch
        {
            SocketError.ConnectionReset or SocketError.ConnectionAborted => FaultKind.ConnectionReset,
            SocketError.Shutdown => FaultKind.Disconnected,
            SocketError.TimedOut => FaultKind.ReplyTimedOut,
            SocketError.NetworkUnreachable or SocketError.HostUnreachable => FaultKind.NetworkUnreachable,
            _ when TlsAlert.Find(exception) is not null => FaultKind.TlsHandshakeFailed,
            // An end in the middle of a TLS record is an end.
            null when exception is EndOfStreamException || exception.InnerException is EndOfStreamException => FaultKind.Disconnected,
            null when exception is IOException && exception.InnerException is null => FaultKind.Disconnected,
            _ => FaultKind.Other,
        };
        var during = command is null ? $"in the stage {stage.ToName()}" : $"while {command} was under way";
        var words = kind switch
        {
            FaultKind.ConnectionReset => $"The connection was reset {during}.",
            FaultKind.Disconnected => $"The connection was closed {during}.",
            _ => $"The connection failed {during}: {Innermost(exception).Message}",
        };
        return new AttemptFault { Stage = stage, Kind = kind, Command = command, Message = words, TlsAlert = TlsAlert.Find(exception), ExceptionType = exception.GetType().Name };
    }

    /// <summary>The fact behind a failed connect.</summary>
    public static FaultKind OfConnect(SocketError error) => error switch
    {
        SocketError.ConnectionRefused => FaultKind.ConnectionRefused,
        SocketError.TimedOut => FaultKind.ConnectionTimedOut,
        SocketError.NetworkUnreachable or SocketError.HostUnreachable or SocketError.NetworkDown or SocketError.HostDown or SocketError.AccessDenied
            or SocketError.AddressNotAvailable or SocketError.AddressFamilyNotSupported => FaultKind.NetworkUnreachable,
        SocketError.ConnectionReset or SocketError.ConnectionAborted => FaultKind.ConnectionReset,
        _ => FaultKind.ConnectionFailed,
    };

    public static SocketError? FindSocketError(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            if (exception is SocketException socket)
                return socket.SocketErrorCode;
        }

        return null;
    }

    public static Exception Innermost(Exception exception)
    {
        while (exception.InnerException is { } inner)
            exception = inner;
        return exception;
    }
}

/// <summary>Finds the TLS alert behind an exception.</summary>
internal static class TlsAlert
{
    // OpenSSL packs library (20 = SSL) and reason into its error number; reason 1000 + n is "the peer sent alert n". .NET hands it on as HResult.
    private const int OpenSslSslLibrary = 0x0A000000;
    private const int OpenSslAlertOffset = 1000;

    /// <summary>The alert's number; null where none is known. Only OpenSSL tells: elsewhere it stays not observed.</summary>
    public static int? Find(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            var number = exception.HResult - OpenSslSslLibrary - OpenSslAlertOffset;
            if (number is >= 0 and <= 255 && exception is not AuthenticationException)
                return number;
        }

        return null;
    }
}
