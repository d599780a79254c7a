using System.Globalization;
using Sendwright.Diagnosis.Rules;
using Sendwright.Evidence;
using Sendwright.Providers;
using Sendwright.Settings;

namespace Sendwright.Diagnosis.Catalog;

/// <summary>What a catalogue entry may name: the values at hand and the owner's names for the settings.</summary>
internal sealed class FindingContext(DiagnosisEvidence evidence, Candidate candidate)
{
    public DiagnosisEvidence Evidence { get; } = evidence;

    public Candidate Candidate { get; } = candidate;

    public SettingsVocabulary Vocabulary { get; } = evidence.Vocabulary();

    public AttemptFault? Fault => Evidence.Fault();

    /// <summary>The host, or a phrase where it is not known.</summary>
    public string Host => Evidence.Host() ?? "the server";

    /// <summary>The host, or these words where it is not known.</summary>
    public string HostOr(string words) => Evidence.Host() ?? words;

    public int? Port => Evidence.Port();

    /// <summary><c>host:port</c>, as far as known.</summary>
    public string Server => Port is { } port ? string.Create(CultureInfo.InvariantCulture, $"{Host}:{port}") : Host;

    /// <summary><c>port 587</c>, or a phrase where it is not known.</summary>
    public string PortPhrase => Port is { } port ? string.Create(CultureInfo.InvariantCulture, $"port {port}") : "this port";

    public string Username => Evidence.Settings?.Username is { } name ? $"\"{name}\"" : "the user name";

    public string From => Evidence.Settings?.From ?? "the from address";

    public TlsEvidence? Tls => Evidence.Subject?.Tls;

    public CertificateEvidence? Certificate => Tls?.Chain is [var first, ..] ? first : null;

    public MailProvider? Provider => Evidence.Host() is { } host ? ProviderCatalog.Default.FindByHost(host) : null;

    /// <summary>Whether the login was made with a token.</summary>
    public bool IsTokenLogin => AuthRules.IsTokenLogin(Evidence);

    /// <summary>The server's refusal in its own words, or nothing.</summary>
    public string Words => Fault?.Reply is { } reply ? $" It said: {reply}" : "";

    /// <summary>The owner's name for a setting.</summary>
    public string Name(SettingKey key) => Vocabulary.NameOf(key);

    /// <summary>A fix that is about a setting whose value only its owner knows.</summary>
    public Fix About(SettingKey key, string text) => new() { Text = text, Setting = Name(key) };

    /// <summary>A fix that is about no setting.</summary>
    public static Fix Do(string text, string? command = null) => new() { Text = text, Command = command };

    /// <summary>Fixes that set the TLS mode, in the owner's names.</summary>
    public IEnumerable<Fix> Use(ConnectionSecurity mode, string why) => Sequence(Vocabulary.Express(mode), why);

    /// <summary>Fixes that set port and TLS mode, in the owner's names.</summary>
    public IEnumerable<Fix> Use(int port, ConnectionSecurity mode, string why) => Sequence(Vocabulary.Express(port, mode), why);

    /// <summary>The best way into the provider, where the host is a known one's: its port and mode.</summary>
    public IEnumerable<Fix> UseProvidersPort()
    {
        var ports = Provider?.Hosts.FirstOrDefault(host => host.Is(Host))?.Ports.Where(known => known.Port != Port && known.Port != 25).ToList();
        return ports is [var first, ..] ? Use(first.Port, first.Security, $"({Provider!.Name} takes mail there)") : [];
    }

    private static IEnumerable<Fix> Sequence(IReadOnlyList<SettingChange> changes, string why) => changes.Select((change, index) => index == 0
        ? FixText.Set(change, why)
        : new Fix { Text = FixText.Assign(change), Setting = change.Name, Value = change.Value });
}
