using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Sendwright.Mime;

namespace Sendwright.Tests.Mime.Dkim;

/// <summary>
/// A verifier written from RFC 6376, 3.4 and 3.7 in the plainest way: whole strings and regular expressions, nothing shared with the signer. The integration tests ask
/// verifiers that others wrote.
/// </summary>
internal static partial class Verifier
{
    /// <summary>Whether the signature at this place, counted from the top, is right for this key.</summary>
    public static bool IsValid(byte[] message, DkimKey key, int signature = 0)
    {
        var text = Encoding.Latin1.GetString(message);
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var (header, body) = end < 0 ? (text, "") : (text[..(end + 2)], text[(end + 4)..]);
        var fields = Fields(header);
        var own = fields.Where(field => field.StartsWith("DKIM-Signature:", StringComparison.Ordinal)).ElementAt(signature);
        var tags = Tags(own);
        var forms = tags["c"].Split('/');

        if (Convert.ToBase64String(SHA256.HashData(Encoding.Latin1.GetBytes(Body(body, forms[1])))) != tags["bh"])
            return false;
        var signed = new StringBuilder();
        var left = fields.ToList();
        foreach (var name in tags["h"].Split(':'))
        {
            var index = left.FindLastIndex(field => field.AsSpan(0, field.IndexOf(':', StringComparison.Ordinal)).TrimEnd().Equals(name, StringComparison.OrdinalIgnoreCase));
            if (index < 0)
                continue;
            signed.Append(Field(left[index], forms[0]));
            left.RemoveAt(index);
        }

        signed.Append(Field(SignatureValue().Replace(own, "$1"), forms[0]).AsSpan().TrimEnd("\r\n"));
        using var rsa = RSA.Create();
        rsa.ImportSubjectPublicKeyInfo(Convert.FromBase64String(key.ToDnsRecord().Value.Split("p=")[1]), out _);
        return rsa.VerifyData(Encoding.Latin1.GetBytes(signed.ToString()), Convert.FromBase64String(tags["b"]), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }

    public static IReadOnlyDictionary<string, string> Tags(byte[] message, int signature = 0) =>
        Tags(Fields(Encoding.Latin1.GetString(message)).Where(field => field.StartsWith("DKIM-Signature:", StringComparison.Ordinal)).ElementAt(signature));

    public static string Body(string body, string form)
    {
        if (form == "relaxed")
        {
            body = BlanksAtLineEnd().Replace(Blanks().Replace(body, " "), "$1");
            body = LineEnds().Replace(body, "");
            return body.Length == 0 ? "" : body + "\r\n";
        }

        return LineEnds().Replace(body, "") + "\r\n";
    }

    public static string Field(string field, string form)
    {
        if (form == "simple")
            return field;
        var colon = field.IndexOf(':', StringComparison.Ordinal);
        var value = Blanks().Replace(field[(colon + 1)..].Replace("\r\n", "", StringComparison.Ordinal), " ").Trim(' ');
        return $"{field[..colon].TrimEnd(' ', '\t').ToLowerInvariant()}:{value}\r\n";
    }

    private static List<string> Fields(string header) => [.. WholeField().Matches(header.Split("\r\n\r\n")[0].TrimEnd('\r', '\n') + "\r\n").Select(match => match.Value)];

    private static Dictionary<string, string> Tags(string field) => field[(field.IndexOf(':', StringComparison.Ordinal) + 1)..]
        .Split(';').Select(tag => tag.Split('=', 2)).ToDictionary(tag => tag[0].Trim(), tag => AnyBlank().Replace(tag[1], ""));

    [GeneratedRegex(@"(?s)[^\r\n:]+:.*?\r\n(?![ \t])")]
    private static partial Regex WholeField();

    [GeneratedRegex(@"(?s)(\sb=).*$")]
    private static partial Regex SignatureValue();

    [GeneratedRegex("[ \t]+")]
    private static partial Regex Blanks();

    [GeneratedRegex(@"[ ]+(\r\n|\z)")]
    private static partial Regex BlanksAtLineEnd();

    [GeneratedRegex(@"(\r\n)*\z")]
    private static partial Regex LineEnds();

    [GeneratedRegex(@"\s")]
    private static partial Regex AnyBlank();
}
