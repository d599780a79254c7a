namespace Sendwright.Settings;

/// <summary>Reads the SHA-256 fingerprint of a certificate: 64 hexadecimal digits, with or without colons or blanks between, as <c>openssl x509 -fingerprint -sha256</c> and browsers show it.</summary>
internal static class FingerprintText
{
    private const int Digits = 64;

    // Of SHA-1 and MD5, which are what people copy by mistake.
    private const int Sha1Digits = 40;
    private const int Md5Digits = 32;

    /// <summary>What is wrong with the text, as the end of a sentence; null where nothing is. The fingerprint is then in capital letters without anything between.</summary>
    public static string? Objection(string text, out string fingerprint)
    {
        // openssl writes "sha256 Fingerprint=" before it.
        var start = text.IndexOf("Fingerprint=", StringComparison.OrdinalIgnoreCase) is var label and >= 0 ? label + "Fingerprint=".Length : 0;
        fingerprint = string.Concat(text[start..].Where(c => c is not (':' or ' ' or '\t' or '-'))).ToUpperInvariant();
        if (fingerprint.Length == Digits && fingerprint.All(char.IsAsciiHexDigit))
            return null;
        if (!fingerprint.All(char.IsAsciiHexDigit))
            return "has a character that is no hexadecimal digit";
        return fingerprint.Length switch
        {
            Sha1Digits => "has the length of a SHA-1 fingerprint",
            Md5Digits => "has the length of an MD5 fingerprint",
            var length => $"has {length} hexadecimal digits, and a SHA-256 fingerprint has {Digits}",
        };
    }

    /// <summary>The fingerprint as people compare it, with colons.</summary>
    public static string Shown(string fingerprint) => string.Join(':', fingerprint.Chunk(2).Select(pair => new string(pair)));
}
