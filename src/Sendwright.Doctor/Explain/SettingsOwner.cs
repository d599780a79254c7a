using Sendwright.Doctor.ForeignSettings;
using Sendwright.Evidence;

namespace Sendwright.Doctor.Explain;

/// <summary>Whose settings a pasted text is about, so that fixes are said in their names though no file was given.</summary>
internal static class SettingsOwner
{
    private static readonly string[] FastApiMail = ["fastapi_mail", "fastapi-mail", "MAIL_STARTTLS", "MAIL_SSL_TLS"];

    /// <summary>The names to speak in; null where the text does not tell.</summary>
    public static SettingsEvidence? Of(PastedText text) =>
        FastApiMail.Any(word => text.Text.Contains(word, StringComparison.Ordinal)) ? new SettingsEvidence { Vocabulary = FastApiMailSettings.CurrentNames } : null;
}
