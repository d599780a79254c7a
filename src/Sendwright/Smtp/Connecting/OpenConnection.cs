using System.Net;

namespace Sendwright.Smtp.Connecting;

/// <summary>A connection that is open.</summary>
/// <param name="Stream">What is written to and read from; disposing it closes the connection.</param>
/// <param name="Local">This side's address.</param>
/// <param name="Remote">The server's address; null behind a proxy, which alone knows it.</param>
internal sealed record OpenConnection(Stream Stream, IPEndPoint? Local, IPEndPoint? Remote);
