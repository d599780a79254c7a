using System.Text;
using Sendwright.Settings;

namespace Sendwright.Smtp;

/// <summary>
/// Masks a secret in whatever a peer sends back. Our own lines are masked by construction (<see cref="SmtpCommand"/>); this is for servers that echo.
/// </summary>
internal sealed class SecretMasker
{
    /// <summary>Masking a secret of one or two letters would mask half of every text, and hide nothing.</summary>
    private const int ShortestMasked = 4;

    private readonly string[] _forms;

    private SecretMasker(string[] forms) => _forms = forms;

    /// <summary>Masks nothing.</summary>
    public static SecretMasker None { get; } = new([]);

    /// <summary>Masks a login's secret in every form in which it goes over the wire or into a URL.</summary>
    public static SecretMasker For(MailCredentials? credentials)
    {
        if (credentials is null)
            return None;
        var secret = credentials.Password.Reveal();
        var bytes = Encoding.UTF8.GetBytes(secret);
        string[] forms =
        [
            secret,
            secret.Trim(),
            Convert.ToBase64String(bytes),
            Convert.ToBase64String(bytes).TrimEnd('='),
            Convert.ToBase64String(Encoding.UTF8.GetBytes($"\0{credentials.Username}\0{secret}")),
            Convert.ToBase64String(Encoding.UTF8.GetBytes($"\0{credentials.Username}\0{secret}")).TrimEnd('='),
            Uri.EscapeDataString(secret),
        ];
        return new SecretMasker([.. forms.Where(form => form.Length >= ShortestMasked).Distinct().OrderByDescending(form => form.Length)]);
    }

    /// <summary>The text with every form of the secret masked.</summary>
    public string Mask(string text)
    {
        foreach (var form in _forms)
            text = text.Replace(form, Secret.Mask, StringComparison.Ordinal);
        return text;
    }

    /// <summary>The reply with every form of the secret masked; the same object where there is none in it.</summary>
    public Wire.SmtpReply Mask(Wire.SmtpReply reply)
    {
        foreach (var line in reply.Lines)
        {
            if (!ReferenceEquals(Mask(line), line) && Mask(line) != line)
                return new Wire.SmtpReply(reply.Code, [.. reply.Lines.Select(Mask)]);
        }

        return reply;
    }
}
