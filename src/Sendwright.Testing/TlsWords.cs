using System.Security.Authentication;

namespace Sendwright.Testing;

/// <summary>What a script's <c>TLS</c> step asks for.</summary>
internal readonly record struct TlsWords(SslProtocols Protocols, bool AsksForClientCertificate)
{
    public static bool TryRead(string text, out TlsWords words)
    {
        words = default;
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            switch (word)
            {
                case "1.2":
                    words = words with { Protocols = words.Protocols | SslProtocols.Tls12 };
                    break;
                case "1.3":
                    words = words with { Protocols = words.Protocols | SslProtocols.Tls13 };
                    break;
                case "client-certificate":
                    words = words with { AsksForClientCertificate = true };
                    break;
                default:
                    return false;
            }
        }

        return true;
    }
}
