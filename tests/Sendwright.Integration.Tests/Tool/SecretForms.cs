using System.Text;

namespace Sendwright.Integration.Tests.Tool;

/// <summary>The shapes in which a secret could slip out, and a search for them.</summary>
internal static class SecretForms
{
    public static void AssertAbsent(string secret, string text)
    {
        foreach (var form in Of(secret))
            Assert.DoesNotContain(form, text, StringComparison.OrdinalIgnoreCase);
    }

    private static IEnumerable<string> Of(string secret)
    {
        yield return secret;
        yield return Uri.EscapeDataString(secret);
        yield return Convert.ToHexString(Encoding.UTF8.GetBytes(secret));
        // Base64 of a longer text that contains it, such as AUTH PLAIN's, has one of three forms, after what stands before it.
        for (var before = 0; before < 3; before++)
            yield return WithinBase64(secret, before);
    }

    private static string WithinBase64(string secret, int bytesBefore)
    {
        var bytes = Encoding.UTF8.GetBytes(secret);
        var whole = Convert.ToBase64String([.. new byte[bytesBefore], .. bytes]);
        var first = (bytesBefore * 8 + 5) / 6;
        var end = (bytesBefore + bytes.Length) * 8 / 6;
        return whole[first..end];
    }
}
