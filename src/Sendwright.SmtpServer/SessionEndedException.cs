namespace Sendwright.SmtpServer;

/// <summary>The session cannot go on: the client left, was too slow, or the server stops. It never leaves <see cref="SmtpServerSession"/>.</summary>
internal sealed class SessionEndedException(string reason, SmtpRejection farewell = SmtpRejection.None, Exception? inner = null) : Exception(reason, inner)
{
    /// <summary>What the client is told last; None where nobody is there to hear it.</summary>
    public SmtpRejection Farewell => farewell;
}
