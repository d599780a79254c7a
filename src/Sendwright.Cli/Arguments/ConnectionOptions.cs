using System.CommandLine;
using Microsoft.Extensions.Configuration;
using Sendwright.Doctor.ForeignSettings;
using Sendwright.Settings;

namespace Sendwright.Cli.Arguments;

/// <summary>The options that say which server to talk to and how; the same for every command that connects.</summary>
internal sealed class ConnectionOptions
{
    private const string DefaultEnvFile = ".env";

    private readonly Option<string?> _env = new("--env") { Description = "A settings file, such as a FastAPI project's .env", HelpName = "FILE" };
    private readonly Option<string?> _config = new("--config") { Description = "A JSON file with a section Mail (appsettings.json)", HelpName = "FILE" };
    private readonly Option<string?> _framework = new("--framework") { Description = "Whose settings the file holds: fastapi-mail or sendwright (default: seen from its names)", HelpName = "NAME" };
    private readonly Option<string?> _urlEnv = new("--url-env") { Description = "The environment variable that holds the URL, such as smtp://user:secret@host:587", HelpName = "VAR" };
    private readonly Option<string?> _host = new("--host") { Description = "The mail server", HelpName = "H" };
    private readonly Option<string?> _port = new("--port") { Description = "Its port (default: 587, or 465 for implicit TLS)", HelpName = "N" };
    private readonly Option<string?> _security = new("--security") { Description = "How TLS starts: auto, none, starttls or implicit", HelpName = "MODE" };
    private readonly Option<string?> _username = new("--username") { Description = "The login's user name", HelpName = "U" };
    private readonly Option<string?> _passwordEnv = new("--password-env") { Description = "The environment variable that holds the password", HelpName = "VAR" };
    private readonly Option<bool> _passwordStdin = new("--password-stdin") { Description = "Read the password from standard input, one line" };
    private readonly Option<string?> _helo = new("--helo") { Description = "The name to give in EHLO", HelpName = "NAME" };
    private readonly Option<string?> _caFile = new("--ca-file") { Description = "A PEM file of certificates to trust beside this machine's", HelpName = "PEM" };

    public Option<string?> From { get; } = new("--from") { Description = "The sender's address", HelpName = "A" };

    public Option<string[]> To { get; } = new("--to") { Description = "A recipient's address; may be given several times", HelpName = "A", AllowMultipleArgumentsPerToken = true };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        Option[] options = [_env, _config, _framework, _urlEnv, _host, _port, _security, _username, _passwordEnv, _passwordStdin, From, To, _helo, _caFile];
        foreach (var option in options)
            command.Options.Add(option);
    }

    /// <summary>Reads the settings that the options name, the options themselves laid over them.</summary>
    /// <exception cref="UsageException">A file cannot be read, or the options contradict each other.</exception>
    public SettingsReading Read(ParseResult parsed, TextReader input)
    {
        if (parsed.GetValue(_env) is not null && parsed.GetValue(_config) is not null)
            throw new UsageException("--env and --config name two settings files; give one of them.");
        var options = FromOptions(parsed, input).ToSource();
        var file = parsed.GetValue(_env) ?? parsed.GetValue(_config);
        if (file is not null)
            return SettingsInterpreter.Interpret(FromFile(file, parsed.GetValue(_framework)), options);
        if (parsed.GetValue(_framework) is not null)
            throw new UsageException("--framework says whose names a settings file has; name the file with --env FILE or --config FILE.");
        var environment = new ConfigurationBuilder().AddEnvironmentVariables().Build();
        if (environment.GetSection("Mail").GetChildren().Any())
            return SettingsInterpreter.Interpret(MailSettingsReader.Source(environment), options);
        if (options.Entries.Any(entry => entry.Key is SettingKey.Host or SettingKey.Url))
            return SettingsInterpreter.Interpret(options);
        // Somebody who types no more than the command in a project's folder means that project.
        return File.Exists(DefaultEnvFile)
            ? SettingsInterpreter.Interpret(FromFile(DefaultEnvFile, null), options)
            : throw new UsageException("Which settings? Name a file (--env .env, --config appsettings.json), a server (--host smtp.example.com), or set Mail__Host in the environment.");
    }

    private static SettingsSource FromFile(string path, string? framework)
    {
        var file = ForeignSettingsReader.Read(path, framework);
        return file.Source ?? throw new UsageException(file.Unreadable!);
    }

    private CommandLineSettings FromOptions(ParseResult parsed, TextReader input)
    {
        var (password, origin) = ReadPassword(parsed, input);
        var urlVariable = parsed.GetValue(_urlEnv);
        return new CommandLineSettings
        {
            Host = parsed.GetValue(_host),
            Port = parsed.GetValue(_port),
            Security = parsed.GetValue(_security),
            Username = parsed.GetValue(_username),
            Password = password,
            PasswordOrigin = origin,
            Url = urlVariable is null ? null : new Secret(Variable("--url-env", urlVariable)),
            UrlOrigin = urlVariable is null ? null : $"${urlVariable}",
            From = parsed.GetValue(From),
            To = parsed.GetValue(To) ?? [],
            Helo = parsed.GetValue(_helo),
            CaFile = parsed.GetValue(_caFile),
        };
    }

    private (Secret? Password, string? Origin) ReadPassword(ParseResult parsed, TextReader input)
    {
        var variable = parsed.GetValue(_passwordEnv);
        if (variable is not null && parsed.GetValue(_passwordStdin))
            throw new UsageException("--password-env and --password-stdin name two places for one password; give one of them.");
        if (variable is not null)
            return (new Secret(Variable("--password-env", variable)), $"${variable}");
        if (!parsed.GetValue(_passwordStdin))
            return (null, null);
        var line = input.ReadLine() ?? throw new UsageException("--password-stdin: standard input was empty; pipe the password in, one line.");
        return (new Secret(line), "the password from standard input");
    }

    private static string Variable(string option, string name) => Environment.GetEnvironmentVariable(name)
        ?? throw new UsageException($"{option}: there is no environment variable {name}; export it, or check its spelling.");
}
