using Sendwright.Diagnosis;
using Sendwright.Providers;

namespace Sendwright.Settings;

/// <summary>The login, as far as the settings let it be made out.</summary>
internal sealed class LoginSettings
{
    private readonly LayeredSettings _layers;
    private readonly SettingProblems _problems;
    private readonly string? _host;

    private LoginSettings(LayeredSettings layers, SettingProblems problems, string? host)
    {
        _layers = layers;
        _problems = problems;
        _host = host;
        Secrets = [.. layers.Secrets];
        if (_problems.Flag(SettingKey.UseCredentials) is not false)
            Credentials = ReadCredentials();
    }

    public string? Username { get; private set; }

    public SecretShape? Shape { get; private set; }

    /// <summary>The two together; null where one is missing.</summary>
    public MailCredentials? Credentials { get; }

    /// <summary>Every secret that was come by, to be kept out of every text.</summary>
    public IReadOnlyCollection<string> Secrets { get; private set; }

    private SettingsVocabulary Vocabulary => _layers.Vocabulary;

    public static LoginSettings Read(LayeredSettings layers, SettingProblems problems, string? host) => new(layers, problems, host);

    private MailCredentials? ReadCredentials()
    {
        var user = _layers.Find(SettingKey.Username) is { IsEmpty: false } given ? given : null;
        Username = user?.Value;
        if (user is not null)
            CheckUsername(user);

        if (_layers.TokenSource is { } tokens)
            return WithTokens(user, tokens);
        var (entry, secret) = ReadSecret();
        if (secret is not null)
            CheckSecret(entry!, secret);
        var hasSecret = !string.IsNullOrWhiteSpace(secret);
        // A certificate is a proof of its own; the name beside it says who to be.
        if (user is not null && entry is null && _layers.Find(SettingKey.ClientCertificate) is { IsEmpty: false })
            return new MailCredentials(user.Value, new Secret(""));
        if (user is not null && !hasSecret && !_problems.AnyFor(SettingKey.PasswordFile))
            _problems.Missing(SettingKey.Password, $"{user.Name} is set and the password that belongs to it is not.", $"Set {Vocabulary.NameOf(SettingKey.Password)}.");
        if (user is null && hasSecret)
            _problems.Missing(SettingKey.Username, $"{entry!.Name} is set and the user name that belongs to it is not.", UsernameFix());
        return user is not null && hasSecret ? new MailCredentials(user.Value, new Secret(secret!)) : null;
    }

    private MailCredentials? WithTokens(RawSetting? user, MailTokenSource tokens)
    {
        const string name = $"{nameof(MailOptions)}.{nameof(MailOptions.TokenSource)}";
        var secret = _layers.Find(SettingKey.Password) ?? _layers.Find(SettingKey.PasswordFile);
        if (secret is { IsEmpty: false })
        {
            _problems.Add(new SettingProblem
            {
                Code = FaultCodes.ConfigConflict,
                Key = SettingKey.Password,
                Name = secret.Name,
                Value = SettingMask.Show(secret.Key, secret.Value),
                Where = secret.Where,
                Why = $"{secret.Name} and {name} are both set.",
                Fix = "Remove one of the two.",
                Changes = [new SettingChange(secret.Name, "")],
            });
        }

        if (user is null)
            _problems.Missing(SettingKey.Username, $"{name} is set and the user name that belongs to it is not.", UsernameFix());
        return user is null ? null : new MailCredentials(user.Value, tokens);
    }

    private (RawSetting? Entry, string? Secret) ReadSecret()
    {
        var direct = _layers.Find(SettingKey.Password);
        if (_layers.Find(SettingKey.PasswordFile) is not { IsEmpty: false } file)
            return (direct, direct?.Value);

        if (direct is { IsEmpty: false })
        {
            _problems.Add(new SettingProblem
            {
                Code = FaultCodes.ConfigConflict,
                Key = SettingKey.Password,
                Name = file.Name,
                Value = SettingMask.Show(file.Key, file.Value),
                Where = file.Where,
                Why = $"{direct.Name} and {file.Name} are both set.",
                Fix = "Remove one of the two.",
                Changes = [new SettingChange(direct.Name, "")],
            });
            return (direct, direct.Value);
        }

        var (secret, wrong) = SecretFile.Read(file.Value);
        if (wrong is not null)
            _problems.Invalid(file, $"The setting {wrong}.", "Set it to the path of the file that holds the password.", [new SettingChange(file.Name, null)]);
        return (file, secret);
    }

    private void CheckSecret(RawSetting entry, string secret)
    {
        Secrets = [.. Secrets, secret];
        var shape = SecretShape.Of(secret);
        if (shape.StrayEnd is null && entry.DroppedEnd is { } dropped)
            shape = shape with { StrayEnd = dropped, StrayEndDroppedByReader = true };
        Shape = shape;
        if (shape.StrayEnd is { } stray)
            StrayEnd(entry, stray, shape.StrayEndDroppedByReader);
        // PLAIN parts its fields with NUL (RFC 4616, 2).
        if (secret.Contains('\0', StringComparison.Ordinal))
            _problems.Invalid(entry, "The password has a NUL in it, which no login can carry.", "Write it anew, as text.", [new SettingChange(entry.Name, null)]);
    }

    private void StrayEnd(RawSetting entry, string stray, bool isDropped) => _problems.Add(new SettingProblem
    {
        Code = FaultCodes.SecretHasWhitespace,
        Key = SettingKey.Password,
        Name = entry.Name,
        Value = SettingMask.Show(entry.Key, entry.Value),
        Where = entry.Where,
        Why = isDropped
            ? $"The password has {stray} in the file: {Vocabulary.Framework} drops it, and other readers of the same file (docker run --env-file, a shell) do not."
            : $"The password has {stray}, and the server gets it as part of the password.",
        Fix = stray.StartsWith("quotes", StringComparison.Ordinal) ? "Remove the quotes." : $"Remove {"the" + stray[1..]}.",
        Changes = [new SettingChange(entry.Name, null)],
        IsBlocking = false,
        // A login that works proves that the character belongs to the password.
        IsAdviceWhenHealthy = true,
    });

    private void CheckUsername(RawSetting user)
    {
        if (user.Value.Any(char.IsControl))
        {
            _problems.Invalid(user, "The user name has a control character in it.", "Write it anew, without the character.", [new SettingChange(user.Name, null)]);
            return;
        }

        var clean = user.Value.Trim().Trim('"', '\'');
        if (clean != user.Value)
        {
            _problems.Invalid(user, "The user name has blanks or quotes around it, which the server gets as part of it.", $"Set it to {clean}.", [new SettingChange(user.Name, clean)], isBlocking: false, isAdvice: true);
            return;
        }

        if (_host is not null && ProviderCheck.Username(_host, user) is { } problem)
            _problems.Add(problem);
    }

    private string UsernameFix()
    {
        var name = Vocabulary.NameOf(SettingKey.Username);
        return _host is not null && ProviderCatalog.Default.FindByHost(_host)?.Username is { Form: UsernameForm.Literal, Literal: { } literal }
            ? $"Set {name} to {literal}."
            : $"Set {name}.";
    }

}
