using System.Net;
using Sendwright.Diagnosis;

namespace Sendwright.Settings;

/// <summary>The way to the server and what TLS must prove on it, as far as the settings let it be made out.</summary>
internal sealed class ConnectingSettings
{
    private readonly LayeredSettings _layers;
    private readonly SettingProblems _problems;
    private readonly List<string> _secrets = [];

    private ConnectingSettings(LayeredSettings layers, SettingProblems problems)
    {
        _layers = layers;
        _problems = problems;
        Proxy = ReadProxy();
        BindAddress = ReadBindAddress();
        MinimumTls = ReadMinimumTls();
        PinnedCertificates = ReadPins();
        ClientCertificate = ReadClientCertificate();
    }

    public ProxyServer? Proxy { get; }

    public IPAddress? BindAddress { get; }

    public TlsVersion MinimumTls { get; }

    public IReadOnlyList<string> PinnedCertificates { get; }

    public ClientCertificateFiles? ClientCertificate { get; }

    /// <summary>Every secret that was come by, to be kept out of every text.</summary>
    public IReadOnlyCollection<string> Secrets => _secrets;

    public static ConnectingSettings Read(LayeredSettings layers, SettingProblems problems) => new(layers, problems);

    private ProxyServer? ReadProxy()
    {
        if (Find(SettingKey.Proxy) is not { } entry)
            return null;
        var read = ProxyText.Read(entry.Value);
        if (read.Wrong is { } wrong)
            Refuse(entry, $"The proxy's URL {wrong}.", read.Fix!);
        if (read.Proxy?.Credentials is { } login)
            _secrets.Add(login.Password.Reveal());
        return read.Proxy;
    }

    // Whether the address is this machine's is found when it is used: it may come and go with an interface.
    private IPAddress? ReadBindAddress()
    {
        if (Find(SettingKey.BindAddress) is not { } entry)
            return null;
        var text = entry.Value.Trim();
        // IPAddress reads "1" as 0.0.0.1; nobody means that.
        if (IPAddress.TryParse(text.Trim('[', ']'), out var address) && (text.Contains('.', StringComparison.Ordinal) || text.Contains(':', StringComparison.Ordinal)))
            return address;
        Refuse(entry, "The address to connect from is no IP address.", "Set it to an address of this machine, such as 192.0.2.10, or remove it.");
        return null;
    }

    private TlsVersion ReadMinimumTls()
    {
        if (Find(SettingKey.MinimumTls) is not { } entry)
            return TlsVersion.Tls12;
        var text = entry.Value.Trim();
        foreach (var prefix in (string[])["TLSv", "TLS"])
        {
            if (text.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            {
                text = text[prefix.Length..].Trim();
                break;
            }
        }

        switch (text)
        {
            case "1.2" or "12":
                return TlsVersion.Tls12;
            case "1.3" or "13":
                return TlsVersion.Tls13;
            case "1.0" or "10" or "1" or "1.1" or "11":
                Refuse(entry, "Versions before TLS 1.2 are broken (RFC 8996), and are not used.", "Set it to 1.2 or 1.3, or remove it.");
                break;
            default:
                Refuse(entry, "The TLS version is neither 1.2 nor 1.3.", "Set it to 1.2 or 1.3, or remove it.");
                break;
        }

        return TlsVersion.Tls12;
    }

    private List<string> ReadPins()
    {
        var pins = new List<string>();
        foreach (var entry in _layers.All(SettingKey.PinnedCertificates).Where(entry => !entry.IsEmpty))
        {
            foreach (var text in entry.Value.Split([',', ';', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            {
                if (FingerprintText.Objection(text, out var fingerprint) is { } wrong)
                    Refuse(entry, $"The fingerprint {wrong}.", "Write the certificate's SHA-256 fingerprint, as openssl x509 -in FILE -noout -fingerprint -sha256 shows it; part several by commas.");
                else if (!pins.Contains(fingerprint))
                    pins.Add(fingerprint);
            }
        }

        return pins;
    }

    private ClientCertificateFiles? ReadClientCertificate()
    {
        var password = ReadPassword(out var isUnreadable);
        var key = Find(SettingKey.ClientCertificateKey);
        if (Find(SettingKey.ClientCertificate) is not { } entry)
        {
            if ((key ?? Find(SettingKey.ClientCertificatePassword) ?? Find(SettingKey.ClientCertificatePasswordFile)) is { } beside)
                _problems.Missing(SettingKey.ClientCertificate, $"{beside.Name} is set and the certificate that it belongs to is not.", $"Set {_layers.Vocabulary.NameOf(SettingKey.ClientCertificate)} to the certificate's file.");
            return null;
        }

        if (isUnreadable)
            return null;
        var files = new ClientCertificateFiles(entry.Value.Trim(), key?.Value.Trim(), password is null ? null : new Secret(password));
        if (ClientCertificateFile.Read(files, out var wrong, out var isKey) is { } certificates)
        {
            foreach (var certificate in certificates)
                certificate.Dispose();
            return files;
        }

        Refuse(isKey && key is not null ? key : entry, $"The setting {wrong}.", isKey
            ? "Set it to the PEM file with the certificate's private key."
            : "Set it to a PEM file with the certificate and its private key, or to a PFX file.");
        return null;
    }

    private string? ReadPassword(out bool isUnreadable)
    {
        isUnreadable = false;
        var direct = Find(SettingKey.ClientCertificatePassword);
        if (direct is not null)
            _secrets.Add(direct.Value);
        if (Find(SettingKey.ClientCertificatePasswordFile) is not { } file)
            return direct?.Value;
        if (direct is not null)
        {
            isUnreadable = true;
            _problems.Add(new SettingProblem
            {
                Code = FaultCodes.ConfigConflict,
                Key = SettingKey.ClientCertificatePassword,
                Name = file.Name,
                Value = SettingMask.Show(file.Key, file.Value),
                Where = file.Where,
                Why = $"{direct.Name} and {file.Name} are both set.",
                Fix = "Remove one of the two.",
                Changes = [new SettingChange(direct.Name, "")],
            });
            return null;
        }

        var (secret, wrong) = SecretFile.Read(file.Value.Trim());
        if (wrong is not null)
            Refuse(file, $"The setting {wrong}.", "Set it to the path of the file that holds the password.");
        else
            _secrets.Add(secret!);
        isUnreadable = wrong is not null;
        return secret;
    }

    private RawSetting? Find(SettingKey key) => _layers.Find(key) is { IsEmpty: false } entry ? entry : null;

    private void Refuse(RawSetting entry, string why, string fix) => _problems.Invalid(entry, why, fix, [new SettingChange(entry.Name, null)]);
}
