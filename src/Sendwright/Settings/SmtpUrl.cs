using Sendwright.Diagnosis;

namespace Sendwright.Settings;

/// <summary>
/// Takes <c>smtp://user:secret@host:587</c> apart into the settings it stands for. A URL with a mistake is taken apart as far as it can be understood,
/// so that a diagnosis still knows the host; the mistake is told beside it.
/// </summary>
internal sealed class SmtpUrl
{
    private readonly RawSetting _url;
    private readonly List<RawSetting> _parts = [];
    private readonly List<SettingProblem> _problems = [];

    private SmtpUrl(RawSetting url) => _url = url;

    /// <summary>The names of the URL's parts: a fix says which of them to change.</summary>
    public static SettingsVocabulary Vocabulary(string name) => new()
    {
        Framework = "URL",
        Names = Enum.GetValues<SettingKey>().Where(IsPart).ToDictionary(key => key, key => PartName(key, name)),
        SecurityValues = new Dictionary<ConnectionSecurity, IReadOnlyList<SettingChange>>
        {
            [ConnectionSecurity.StartTls] = [new SettingChange(PartName(SettingKey.Security, name), "smtp+starttls://")],
            [ConnectionSecurity.Implicit] = [new SettingChange(PartName(SettingKey.Security, name), "smtps://")],
        },
    };

    public static (IReadOnlyList<RawSetting> Parts, IReadOnlyList<SettingProblem> Problems) TakeApart(RawSetting url)
    {
        var reading = new SmtpUrl(url);
        reading.Read(url.Value.Trim());
        return (reading._parts, reading._problems);
    }

    private static bool IsPart(SettingKey key) => key is SettingKey.Host or SettingKey.Port or SettingKey.Security or SettingKey.Username or SettingKey.Password;

    private static string PartName(SettingKey key, string name) => key switch
    {
        SettingKey.Host => $"host in {name}",
        SettingKey.Port => $"port in {name}",
        SettingKey.Security => $"scheme of {name}",
        SettingKey.Username => $"user name in {name}",
        _ => $"password in {name}",
    };

    private void Read(string text)
    {
        var colon = text.IndexOf(':');
        var scheme = colon > 0 ? text[..colon].ToLowerInvariant() : "";
        var security = scheme switch { "smtp" => "Auto", "smtps" => "Implicit", "smtp+starttls" => "StartTls", _ => null };
        if (security is null || !text.AsSpan(colon).StartsWith("://"))
        {
            RefuseScheme(scheme, text);
            return;
        }

        Add(SettingKey.Security, security);
        var rest = text[(colon + 3)..];
        // The last @ ends the login: a secret with an unencoded @ is then still cut off whole, and never taken for the host.
        var at = rest.LastIndexOf('@');
        if (at >= 0)
            ReadLogin(rest[..at]);
        ReadServer(rest[(at + 1)..]);
    }

    private void ReadLogin(string login)
    {
        var colon = login.IndexOf(':');
        var user = colon < 0 ? login : login[..colon];
        var password = colon < 0 ? null : login[(colon + 1)..];
        AddDecoded(SettingKey.Username, user, "user name");
        if (password is not null)
            AddDecoded(SettingKey.Password, password, "password");
    }

    private void ReadServer(string server)
    {
        var end = server.AsSpan().IndexOfAny('/', '?', '#');
        if (end >= 0 && server[end..] != "/")
            Refuse($"has \"{server[end]}\" and more behind the server, where nothing belongs", "End the URL with the host, or with the port behind it.");
        if (end >= 0)
            server = server[..end];

        var bracket = server.LastIndexOf(']');
        var colon = server.IndexOf(':', bracket + 1);
        Add(SettingKey.Host, colon < 0 ? server : server[..colon]);
        if (colon < 0)
            return;
        var port = server[(colon + 1)..];
        if (port.Length > 0 && !port.AsSpan().ContainsOnlyDigits())
            Refuse("has a text where the port belongs, or a login without a server behind it", "End the URL with @ and the server, and with the port as a number.");
        else
            Add(SettingKey.Port, port);
    }

    private void AddDecoded(SettingKey key, string text, string part)
    {
        if (text.AsSpan().IndexOfAny("@/#?") is var odd and >= 0)
            Refuse($"has an unencoded \"{text[odd]}\" in the {part}, which ends that part of a URL", $"Write {Uri.HexEscape(text[odd])} for {text[odd]} in the {part}.");
        else if (BadEscape(text))
            Refuse($"has a % in the {part} that two hexadecimal digits do not follow", $"Write %25 for % in the {part}.");
        Add(key, Uri.UnescapeDataString(text));
    }

    private static bool BadEscape(string text)
    {
        for (var i = text.IndexOf('%'); i >= 0; i = text.IndexOf('%', i + 1))
        {
            if (i + 2 >= text.Length || !char.IsAsciiHexDigit(text[i + 1]) || !char.IsAsciiHexDigit(text[i + 2]))
                return true;
        }

        return false;
    }

    private void RefuseScheme(string scheme, string text)
    {
        const string Supported = "smtp://, smtps:// or smtp+starttls://";
        if (scheme is "sendgrid" or "ses" or "sandbox")
            Refuse($"has the scheme {scheme}:, which is not supported yet by this version", $"Use the provider's SMTP server with {Supported}.");
        else if (scheme is "http" or "https")
            Refuse("is a web address, not a mail server's URL", $"Write {Supported} and the mail server's name.");
        else if (!text.Contains("://", StringComparison.Ordinal))
            Refuse("is not a URL: it has no scheme", $"Begin it with {Supported}.");
        else
            Refuse("has a scheme that is not known", $"Begin it with {Supported}.");
    }

    private void Add(SettingKey key, string value) => _parts.Add(_url with { Key = key, Name = PartName(key, _url.Name), Value = value });

    private void Refuse(string wrong, string fix) => _problems.Add(new SettingProblem
    {
        Code = FaultCodes.ConfigInvalid,
        Key = SettingKey.Url,
        Name = _url.Name,
        Value = SettingMask.Show(SettingKey.Url, _url.Value),
        Where = _url.Where,
        Why = $"The URL {wrong}.",
        Fix = fix,
        Changes = [new SettingChange(_url.Name, null)],
    });
}
