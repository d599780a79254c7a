using System.Globalization;

namespace Sendwright.Settings;

/// <summary>A DKIM key given in code. It is checked as one of a file is; see <see cref="Mime.DkimKey"/> for what the settings mean.</summary>
public sealed class DkimOptions
{
    /// <summary>The signing domain.</summary>
    /// <value>None: it has to be given.</value>
    public string? Domain { get; set; }

    /// <summary>Which of the domain's keys it is.</summary>
    /// <value>None: it has to be given.</value>
    public string? Selector { get; set; }

    /// <summary>The PEM file with the RSA private key.</summary>
    /// <value>None: it has to be given, or <see cref="Key"/>.</value>
    public string? KeyFile { get; set; }

    /// <summary>The RSA private key itself, as PEM.</summary>
    /// <value>None.</value>
    public string? Key { get; set; }

    /// <summary>What opens an encrypted key.</summary>
    /// <value>None.</value>
    public string? Passphrase { get; set; }

    /// <summary>A file that holds the passphrase; one newline at its end is no part of it.</summary>
    /// <value>None.</value>
    public string? PassphraseFile { get; set; }

    /// <summary>The forms of header and body that are signed, as in c=.</summary>
    /// <value><c>relaxed/relaxed</c>.</value>
    public string? Canonicalization { get; set; }

    /// <summary>On whose behalf the domain signs.</summary>
    /// <value>None: the domain as a whole.</value>
    public string? Identity { get; set; }

    /// <summary>How long a signature holds.</summary>
    /// <value>None: for ever.</value>
    public TimeSpan? Lifetime { get; set; }

    internal IEnumerable<(string Name, string Value)> Given
    {
        get
        {
            (string Name, string? Value)[] all =
            [
                (nameof(Domain), Domain), (nameof(Selector), Selector), (nameof(KeyFile), KeyFile), (nameof(Key), Key), (nameof(Passphrase), Passphrase),
                (nameof(PassphraseFile), PassphraseFile), (nameof(Canonicalization), Canonicalization), (nameof(Identity), Identity),
                (nameof(Lifetime), Lifetime?.ToString("c", CultureInfo.InvariantCulture)),
            ];
            return all.Where(one => one.Value is not null).Select(one => (one.Name, one.Value!));
        }
    }
}
