using Sendwright.Diagnosis;
using Sendwright.Settings;

namespace Sendwright.Doctor.Explain.Readers;

/// <summary>
/// The validation errors of fastapi-mail's settings, as pydantic 1 and 2 print them: a field's name on one line, the complaint indented below it.
/// </summary>
internal sealed class PydanticReader : IFactReader
{
    private static readonly Dictionary<string, SettingKey> Fields = new(StringComparer.OrdinalIgnoreCase)
    {
        ["MAIL_USERNAME"] = SettingKey.Username,
        ["MAIL_PASSWORD"] = SettingKey.Password,
        ["MAIL_FROM"] = SettingKey.From,
        ["MAIL_FROM_NAME"] = SettingKey.FromName,
        ["MAIL_SERVER"] = SettingKey.Host,
        ["MAIL_PORT"] = SettingKey.Port,
        ["MAIL_STARTTLS"] = SettingKey.StartTlsFlag,
        ["MAIL_SSL_TLS"] = SettingKey.ImplicitTlsFlag,
        ["MAIL_TLS"] = SettingKey.StartTlsFlag,
        ["MAIL_SSL"] = SettingKey.ImplicitTlsFlag,
        ["USE_CREDENTIALS"] = SettingKey.UseCredentials,
        ["VALIDATE_CERTS"] = SettingKey.ValidateCertificates,
        ["TIMEOUT"] = SettingKey.Timeout,
        ["LOCAL_HOSTNAME"] = SettingKey.LocalName,
        ["CERT_BUNDLE"] = SettingKey.CaFile,
        ["SUPPRESS_SEND"] = SettingKey.SuppressSend,
    };

    // fastapi-mail 1.2 renamed them; which of a pair is right depends on the version that complains.
    private static readonly Dictionary<string, string> OtherNames = new(StringComparer.OrdinalIgnoreCase)
    {
        ["MAIL_TLS"] = "MAIL_STARTTLS",
        ["MAIL_SSL"] = "MAIL_SSL_TLS",
        ["MAIL_STARTTLS"] = "MAIL_TLS",
        ["MAIL_SSL_TLS"] = "MAIL_SSL",
    };

    public void Read(PastedText text, ReportedFacts facts)
    {
        if (!text.Has("validation error"))
            return;
        for (var i = 0; i + 1 < text.Lines.Count; i++)
        {
            var field = text.Lines[i].Text.Trim();
            if (field.Length <= 40 && Fields.TryGetValue(field, out var key))
                Read(facts, field.ToUpperInvariant(), key, text.Lines[i + 1].Text.Trim());
        }

        // A message's own fields: recipients -> 0 in pydantic 1, recipients.0 in 2.
        foreach (var at in text.Find("value is not a valid email address"))
        {
            var place = text.PlaceOf(at);
            var before = text.Text.AsSpan(0, place).TrimEnd();
            var name = before[(before.LastIndexOf('\n') + 1)..].Trim();
            if (name.StartsWith("recipients") || name.StartsWith("cc") || name.StartsWith("bcc"))
                facts.State(text, place, FaultCodes.RecipientSyntax);
        }
    }

    private static void Read(ReportedFacts facts, string name, SettingKey key, string complaint)
    {
        var given = InputOf(complaint);
        var isEmpty = given is "None" or "''" or "\"\"";
        var other = OtherNames.GetValueOrDefault(name);
        if (Says(complaint, "field required") || isEmpty && !Says(complaint, "not permitted"))
        {
            Add(facts, FaultCodes.ConfigMissing, name, key, null,
                isEmpty ? "It is empty." : $"fastapi-mail needs it and found it neither in the environment nor among the arguments of ConnectionConfig{(other is null ? "" : $" (other versions read {other})")}.",
                key is SettingKey.StartTlsFlag ? $"Set {name} to True for port 587, to False for port 465." : key is SettingKey.ImplicitTlsFlag ? $"Set {name} to True for port 465, to False for port 587." : $"Set {name}.");
        }
        else if (Says(complaint, "not permitted"))
        {
            Add(facts, FaultCodes.ConfigMissing, name, key, given, $"This version of fastapi-mail does not read {name}{(other is null ? "" : $"; it reads {other}")}.",
                other is null ? $"Remove {name}." : $"Rename {name} to {other}.", other is null ? [] : [new SettingChange(other, given?.Trim('\''))]);
        }
        else
        {
            Add(facts, FaultCodes.ConfigInvalid, name, key, given, Complaint(complaint), key switch
            {
                SettingKey.Port => "Give a number: 587 for STARTTLS, 465 for implicit TLS.",
                SettingKey.From => "Give an address such as app@example.com.",
                SettingKey.StartTlsFlag or SettingKey.ImplicitTlsFlag or SettingKey.UseCredentials or SettingKey.ValidateCertificates => "Give True or False.",
                _ => $"Correct {name}.",
            });
        }
    }

    private static void Add(ReportedFacts facts, string code, string name, SettingKey key, string? value, string why, string fix, IReadOnlyList<SettingChange>? changes = null) =>
        facts.Add(new SettingProblem
        {
            Code = code,
            Key = key,
            Name = name,
            Value = value is null || key != SettingKey.Password ? value : Secret.Mask,
            Why = why,
            Fix = fix,
            Changes = changes ?? [],
        });

    // "Input should be a valid integer, unable to parse string as an integer [type=int_parsing, input_value='smtp', input_type=str]"
    private static string? InputOf(string complaint)
    {
        const string Input = "input_value=";
        var at = complaint.IndexOf(Input, StringComparison.Ordinal);
        if (at < 0)
            return null;
        var end = complaint.LastIndexOf(", input_type", StringComparison.Ordinal);
        var value = end > at ? complaint[(at + Input.Length)..end] : complaint[(at + Input.Length)..].TrimEnd(']');
        // A missing field shows all the others, and those are nobody's business.
        return value.StartsWith('{') || value.Length > 80 ? null : value;
    }

    private static string Complaint(string complaint)
    {
        var bracket = complaint.LastIndexOfAny(['[', '(']);
        var words = (bracket > 0 ? complaint[..bracket] : complaint).Trim();
        return PastedText.Bounded(words.EndsWith('.') ? words : words + ".");
    }

    private static bool Says(string complaint, string words) => complaint.Contains(words, StringComparison.OrdinalIgnoreCase);
}
