using Sendwright.Diagnosis;

namespace Sendwright.Settings;

/// <summary>Several sources laid over each other, the later over the earlier, with the names that each answer had in its own source.</summary>
internal sealed class LayeredSettings
{
    private readonly Dictionary<SettingKey, List<RawSetting>> _slots = [];
    private readonly Dictionary<SettingKey, SettingsVocabulary> _owners = [];
    private readonly List<SettingProblem> _problems = [];
    private readonly SettingsSource _base;

    private LayeredSettings(SettingsSource lowest) => _base = lowest;

    /// <summary>What the settings are called as a whole: by their lowest layer, which the others only correct.</summary>
    public string Name => _base.Name;

    public string? File => _base.File;

    public SettingsVocabulary Vocabulary { get; private set; } = SettingsVocabulary.Sendwright;

    /// <summary>What the readers and the layering found wrong; problems of overridden settings are gone.</summary>
    public IReadOnlyList<SettingProblem> Problems => _problems;

    /// <summary>The secrets that stand in the settings themselves, to be kept out of every text.</summary>
    public IEnumerable<string> Secrets => All(SettingKey.Password).Concat(All(SettingKey.DkimSecret)).Concat(All(SettingKey.ClientCertificatePassword)).Select(entry => entry.Value).Where(secret => secret.Length > 0);

    public static LayeredSettings Of(IReadOnlyList<SettingsSource> sources)
    {
        var filled = sources.Where(source => source.Entries.Count > 0 || source.Problems.Count > 0 || source.TokenSource is not null).ToList();
        var layered = new LayeredSettings(filled.FirstOrDefault() ?? sources[0]);
        foreach (var source in filled)
            layered.Lay(source);
        layered.Vocabulary = layered.ComposeVocabulary();
        return layered;
    }

    /// <summary>Gives tokens in place of the password; null where a password, or nothing, was said last.</summary>
    public MailTokenSource? TokenSource { get; private set; }

    public RawSetting? Find(SettingKey key) => _slots.TryGetValue(SettingSlots.Of(key), out var entries) ? entries.Find(entry => entry.Key == key) : null;

    public IEnumerable<RawSetting> All(SettingKey key) =>
        _slots.TryGetValue(SettingSlots.Of(key), out var entries) ? entries.Where(entry => entry.Key == key) : [];

    private void Lay(SettingsSource source)
    {
        var entries = source.Entries.Where(entry => entry.Key != SettingKey.Url || !entry.IsEmpty).ToList();
        var url = entries.Find(entry => entry.Key == SettingKey.Url);
        // A URL names a whole upstream: nothing of another layer's login may go to its host.
        IEnumerable<SettingKey> slots = [.. entries.Select(entry => SettingSlots.Of(entry.Key)), .. url is null ? [] : SettingSlots.OfUrl, .. source.TokenSource is null ? Array.Empty<SettingKey>() : [SettingKey.Password]];
        foreach (var slot in slots.ToHashSet())
        {
            if (slot == SettingKey.Password)
                TokenSource = source.TokenSource;
            Clear(slot, entries);
            _problems.RemoveAll(problem => SettingSlots.Of(problem.Key) == slot);
        }

        if (url is not null)
            LayUrl(url, entries);
        Own(entries, source.Vocabulary);
        _problems.AddRange(source.Problems);
    }

    // One time limit leaves the others as they are; a list is answered as a whole.
    private void Clear(SettingKey slot, List<RawSetting> above)
    {
        if (slot is not (SettingKey.Timeout or SettingKey.Pool or SettingKey.Limits) || above.Exists(entry => entry.Key == slot && entry.Part is null))
            _slots.Remove(slot);
        else if (_slots.TryGetValue(slot, out var below))
            below.RemoveAll(entry => entry.Part is not null && above.Exists(other => other.Key == slot && other.Part == entry.Part));
    }

    private void LayUrl(RawSetting url, List<RawSetting> entries)
    {
        var (parts, problems) = SmtpUrl.TakeApart(url);
        Own(parts, SmtpUrl.Vocabulary(url.Name));
        _problems.AddRange(problems);
        if (entries.Find(entry => IsServer(entry.Key) && !entry.IsEmpty) is { } beside)
            _problems.Add(UrlBeside(url, beside));
        // A login beside a URL without one is welcome: it keeps the secret out of the URL.
        entries.RemoveAll(entry => IsServer(entry.Key) || parts.Any(part => SettingSlots.Of(part.Key) == SettingSlots.Of(entry.Key)));
    }

    private static bool IsServer(SettingKey key) => SettingSlots.Of(key) is SettingKey.Host or SettingKey.Port or SettingKey.Security;

    private void Own(IEnumerable<RawSetting> entries, SettingsVocabulary vocabulary)
    {
        foreach (var entry in entries)
        {
            var slot = SettingSlots.Of(entry.Key);
            if (!_slots.TryGetValue(slot, out var list))
                _slots[slot] = list = [];
            list.Add(entry);
            _owners[slot] = vocabulary;
        }
    }

    private SettingsVocabulary ComposeVocabulary()
    {
        var names = new Dictionary<SettingKey, string>(_base.Vocabulary.Names);
        foreach (var (slot, entries) in _slots)
        {
            if (_owners[slot].Names.TryGetValue(slot, out var own))
                names[slot] = own;
            foreach (var entry in entries)
                names[entry.Key] = entry.Name;
        }

        var security = _owners.GetValueOrDefault(SettingKey.Security, _base.Vocabulary).SecurityValues;
        if (Find(SettingKey.Security) is { } single)
            security = security.ToDictionary(pair => pair.Key, pair => Renamed(pair.Value, single.Name));
        return _base.Vocabulary with { Names = names, SecurityValues = security };
    }

    // One setting for the TLS mode is called as its owner wrote it; two flags carry their names already.
    private static IReadOnlyList<SettingChange> Renamed(IReadOnlyList<SettingChange> changes, string name) =>
        changes.Count == 1 ? [changes[0] with { Name = name }] : changes;

    private static SettingProblem UrlBeside(RawSetting url, RawSetting beside) => new()
    {
        Code = FaultCodes.ConfigConflict,
        Key = SettingKey.Url,
        Name = url.Name,
        Value = SettingMask.Show(SettingKey.Url, url.Value),
        Where = url.Where,
        Why = $"{url.Name} says which server to use and how, and {beside.Name} = \"{SettingMask.Show(beside.Key, beside.Value)}\" stands beside it.",
        Fix = $"Remove {url.Name} or {beside.Name}.",
        Changes = [new SettingChange(beside.Name, "")],
    };
}
