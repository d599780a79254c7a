using System.Buffers;
using System.Text;
using Sendwright.Settings;
using Sendwright.Smtp.Wire;

namespace Sendwright.Smtp;

/// <summary>
/// Masks secrets in whatever a peer sends back. Our own lines are masked by construction (<see cref="SmtpCommand"/>); this is for servers that echo. Tokens are learnt as they
/// come. Safe for several connections at once.
/// </summary>
internal sealed class SecretMasker
{
    /// <summary>Masking a secret of one or two letters would mask half of every text, and hide nothing.</summary>
    private const int ShortestMasked = 4;

    /// <summary>A part of a secret inside other base64 that is shorter could be part of anything.</summary>
    private const int ShortestInside = 8;

    /// <summary>Tokens live for an hour or so: of older ones nobody speaks any more.</summary>
    private const int MostLearnt = 16;

    private readonly Lock _gate = new();
    private readonly Queue<string> _learnt = new();
    private readonly string[] _fixed;
    private volatile Forms _forms;

    /// <summary>A masker that knows no secret yet.</summary>
    public SecretMasker()
        : this([])
    {
    }

    private SecretMasker(string[] forms)
    {
        _fixed = forms;
        _forms = new Forms(forms);
    }

    /// <summary>Masks a login's secret in every form in which it goes over the wire or into a URL.</summary>
    public static SecretMasker For(MailCredentials? credentials) => credentials is null ? new SecretMasker() : new SecretMasker(
    [
        .. FormsOf(credentials.Password.Reveal()),
        .. credentials.Password.IsEmpty ? [] : FormsInBase64($"\0{credentials.Username}\0{credentials.Password.Reveal()}"),
    ]);

    /// <summary>Masks this secret as well from now on.</summary>
    public void Learn(Secret secret)
    {
        var value = secret.Reveal();
        lock (_gate)
        {
            if (_learnt.Contains(value))
                return;
            _learnt.Enqueue(value);
            if (_learnt.Count > MostLearnt)
                _learnt.Dequeue();
            _forms = new Forms(_fixed.Concat(_learnt.SelectMany(FormsOf)));
        }
    }

    /// <summary>The text with every form of the secrets masked.</summary>
    public string Mask(string text)
    {
        var forms = _forms;
        // Nearly every reply holds none of them, and each is looked through: one look has to do.
        if (!text.AsSpan().ContainsAny(forms.Any))
            return text;
        foreach (var form in forms.LongestFirst)
            text = text.Replace(form, Secret.Mask, StringComparison.Ordinal);
        return text;
    }

    /// <summary>The reply with every form of the secrets masked; the same object where there is none in it.</summary>
    public SmtpReply Mask(SmtpReply reply)
    {
        foreach (var line in reply.Lines)
        {
            if (line.AsSpan().ContainsAny(_forms.Any))
                return new SmtpReply(reply.Code, [.. reply.Lines.Select(Mask)]);
        }

        return reply;
    }

    private static IEnumerable<string> FormsOf(string secret) => [secret, secret.Trim(), Uri.EscapeDataString(secret), .. FormsInBase64(secret), .. FormsInsideBase64(secret)];

    private static IEnumerable<string> FormsInBase64(string text)
    {
        var whole = Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
        return [whole, whole.TrimEnd('=')];
    }

    // Base64 writes three octets as four letters: in the midst of a text, such as the echo of a whole login, a secret looks different for each of the three places where it may start.
    private static IEnumerable<string> FormsInsideBase64(string secret)
    {
        var octets = Encoding.UTF8.GetBytes(secret);
        for (var before = 0; before < 3; before++)
        {
            // Only the letters that depend on nothing but the secret.
            var encoded = Convert.ToBase64String([.. new byte[before], .. octets]);
            var first = (before * 8 + 5) / 6;
            var end = (before + octets.Length) * 8 / 6;
            if (end - first >= ShortestInside)
                yield return encoded[first..end];
        }
    }

    private sealed class Forms
    {
        public Forms(IEnumerable<string> forms)
        {
            LongestFirst = [.. forms.Where(form => form.Length >= ShortestMasked).Distinct().OrderByDescending(form => form.Length)];
            Any = SearchValues.Create(LongestFirst, StringComparison.Ordinal);
        }

        public string[] LongestFirst { get; }

        public SearchValues<string> Any { get; }
    }
}
