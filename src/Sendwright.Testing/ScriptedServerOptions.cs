using System.Net;

namespace Sendwright.Testing;

/// <summary>How a <see cref="ScriptedSmtpServer"/> plays its scripts.</summary>
public sealed record ScriptedServerOptions
{
    /// <summary>What a <c>TLS</c> step shows; needed by scripts that have one.</summary>
    public TestCertificate? Certificate { get; init; }

    /// <summary>In what pieces the server's bytes leave it.</summary>
    public ByteDelivery Delivery { get; init; } = ByteDelivery.Whole;

    /// <summary>Whether connections beyond the last script get the last script again. Without it they are a mismatch.</summary>
    public bool RepeatLast { get; init; }

    /// <summary>The loopback address to listen on.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>How long <see cref="ScriptedSmtpServer.CompleteAsync"/> and <see cref="ScriptedSmtpServer.ExpectAsync"/> wait before they say what is missing.</summary>
    /// <value>10 seconds.</value>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(10);
}
