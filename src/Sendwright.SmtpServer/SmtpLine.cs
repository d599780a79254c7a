namespace Sendwright.SmtpServer;

internal enum SmtpLineKind
{
    /// <summary>Ended by CRLF.</summary>
    Complete,

    /// <summary>Ended by CRLF, but longer than allowed; its octets are gone.</summary>
    TooLong,

    /// <summary>An LF came without its CR. Where the next command begins is now a matter of opinion.</summary>
    BareLineFeed,
}

/// <summary>A line from the client, without its end; the octets are good until the next read.</summary>
internal readonly record struct SmtpLine(SmtpLineKind Kind, ReadOnlyMemory<byte> Octets);
