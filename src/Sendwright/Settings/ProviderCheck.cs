using Sendwright.Diagnosis;
using Sendwright.Providers;

namespace Sendwright.Settings;

/// <summary>
/// What a known provider's data says against settings. Never blocking: a provider may change overnight, the data does not.
/// </summary>
internal static class ProviderCheck
{
    /// <summary>A port whose TLS mode is another than the one set.</summary>
    public static SettingProblem? Server(string host, int? port, ConnectionSecurity? security, RawSetting decidedBy, SettingsVocabulary vocabulary)
    {
        if (ProviderCatalog.Default.FindByHost(host) is not { } provider || port is not { } number || security is not { } chosen || provider.SecurityOf(host, number) is not { } served)
            return null;
        // Without TLS the connection itself shows what the server wants; between the two modes it only hangs or garbles.
        if (chosen == served || chosen is ConnectionSecurity.None || served is ConnectionSecurity.None)
            return null;

        var changes = vocabulary.Express(served);
        return new SettingProblem
        {
            Code = FaultCodes.ConfigConflict,
            Key = SettingKey.Security,
            Name = decidedBy.Name,
            Value = SettingMask.Show(decidedBy.Key, decidedBy.Value),
            Where = decidedBy.Where,
            Why = $"{provider.Name} serves port {number} of {host} with {served.ToPhrase()}, and the settings ask for {chosen.ToPhrase()}.",
            Fix = $"Set {string.Join(" and ", changes.Select(change => $"{change.Name}={change.Value}"))}{OtherPort(provider, host, number, chosen, vocabulary)}.",
            Changes = changes,
            IsBlocking = false,
            IsAdviceWhenHealthy = true,
        };
    }

    /// <summary>A user name of the wrong shape.</summary>
    public static SettingProblem? Username(string host, RawSetting user)
    {
        if (ProviderCatalog.Default.FindByHost(host) is not { Username: { } wanted } provider)
            return null;

        var (why, value) = wanted switch
        {
            { Form: UsernameForm.Literal, Literal: { } literal } when user.Value != literal =>
                ($"{provider.Name} wants the word {literal} as user name, the same for every customer.", literal),
            { Form: UsernameForm.FullAddress } when !user.Value.Contains('@', StringComparison.Ordinal) =>
                ($"{provider.Name} wants the full e-mail address as user name.", null),
            { Form: UsernameForm.Issued, Prefix: { } prefix } when !user.Value.StartsWith(prefix, StringComparison.Ordinal) =>
                ($"{provider.Name} issues user names that begin with {prefix}, and this one does not.", (string?)null),
            _ => (null, null),
        };
        return why is null ? null : new SettingProblem
        {
            Code = FaultCodes.AuthUsernameFormat,
            Key = SettingKey.Username,
            Name = user.Name,
            Value = SettingMask.Show(user.Key, user.Value),
            Where = user.Where,
            Why = why,
            Fix = value is null ? $"Set {user.Name} to what {provider.Name} names as SMTP user name: {wanted.Text}." : $"Set {user.Name} to {value}.",
            Changes = [new SettingChange(user.Name, value)],
            IsBlocking = false,
            IsAdviceWhenHealthy = true,
        };
    }

    /// <summary>A host that is only the domain of a provider's addresses.</summary>
    public static SettingProblem? DomainAsHost(RawSetting entry)
    {
        if (ProviderCatalog.Default.FindByHost(entry.Value) is not null || ProviderCatalog.Default.FindByDomain(entry.Value) is not { Hosts: [var server, ..] } provider)
            return null;
        return new SettingProblem
        {
            Code = FaultCodes.ConfigInvalid,
            Key = SettingKey.Host,
            Name = entry.Name,
            Value = entry.Value,
            Where = entry.Where,
            Why = $"{entry.Value} is the domain of {provider.Name}'s addresses, not its mail server.",
            Fix = $"Set {entry.Name} to {server.Host}.",
            Changes = [new SettingChange(entry.Name, server.Host)],
            IsBlocking = false,
            IsAdviceWhenHealthy = true,
        };
    }

    private static string OtherPort(MailProvider provider, string host, int port, ConnectionSecurity chosen, SettingsVocabulary vocabulary)
    {
        var other = provider.Hosts.FirstOrDefault(known => known.Is(host))?.Ports.FirstOrDefault(known => known.Security == chosen && known.Port != port);
        return other is null ? "" : $"; or keep {chosen.ToPhrase()} and set {vocabulary.NameOf(SettingKey.Port)}={other.Port}";
    }
}
