using System.Security.Cryptography;
using Sendwright.Mime;

namespace Sendwright.Tests.Mime.Dkim;

/// <summary>Keys made for the tests; making one takes a tenth of a second, so they are made once.</summary>
internal static class Keys
{
    public static RSA Rsa { get; } = RSA.Create(2048);

    public static DkimKey Example { get; } = DkimKey.FromPem("example.com", "s1", Rsa.ExportPkcs8PrivateKeyPem());

    public static DkimKey Small { get; } = MakeSmall();

    private static DkimKey MakeSmall()
    {
        using var rsa = RSA.Create(1024);
        return DkimKey.FromPem("example.com", "small", rsa.ExportRSAPrivateKeyPem());
    }
}
