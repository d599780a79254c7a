namespace Sendwright.Tests.Transport.Torture;

/// <summary>How a connection dies.</summary>
internal enum HostileFault
{
    None,

    /// <summary>Closes its side in good order, and reads on until the client has gone.</summary>
    HalfClose,

    /// <summary>Closes at once; what it has not read turns that into a reset.</summary>
    Close,

    /// <summary>RST.</summary>
    Reset,

    /// <summary>Reads on and never says anything again.</summary>
    Silence,

    /// <summary>Neither reads nor says anything again.</summary>
    Freeze,
}
