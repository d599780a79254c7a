using System.CommandLine;
using System.CommandLine.Parsing;
using Sendwright.Settings;

namespace Sendwright.Load;

/// <summary><c>sendwright-load smtp</c>: sends messages over the public API, with the runtime's defaults, and checks every receipt.</summary>
internal sealed class SmtpCommand
{
    private const int DefaultConnections = 8;
    private const int DefaultMessages = 20_000;
    private const int DefaultSize = 2048;

    /// <summary>Callers for each connection, so that no connection ever waits for one: twice what a connection has under way by default.</summary>
    private const int CallersPerConnection = 8;

    private readonly Option<string> _host = new("--host") { Description = "The server's name or address.", Required = true, HelpName = "H" };
    private readonly Option<int> _port = new("--port") { Description = "Its TCP port.", Required = true, HelpName = "N" };
    private readonly Option<MailSecurity> _security = new("--security") { Description = "How TLS starts: auto, none, starttls or implicit. Auto is implicit on 465, none to loopback, else STARTTLS.", DefaultValueFactory = _ => MailSecurity.Auto };
    private readonly Option<string?> _username = new("--username") { Description = "The login's user name; none logs in without.", HelpName = "U" };
    private readonly Option<string?> _passwordEnv = new("--password-env") { Description = "The environment variable that holds the password.", HelpName = "VAR" };
    private readonly Option<string?> _caFile = new("--ca-file") { Description = "Certificates to trust beside this machine's.", HelpName = "PEM" };
    private readonly Option<int> _connections = Number("--connections", "The most connections at a time.", DefaultConnections);
    private readonly Option<int> _messages = Number("--messages", "How many messages are sent and timed.", DefaultMessages);
    private readonly Option<int> _warmUp = new("--warm-up") { Description = "How many messages are sent before those, over the same connections, untimed.", DefaultValueFactory = _ => 0, HelpName = "N" };
    private readonly Option<int> _size = Number("--size", "Octets of a message; with --compose those of its texts and file, as they are sent.", DefaultSize);
    private readonly Option<bool> _compose = new("--compose") { Description = "Compose each message anew, with its own recipient, Message-ID, subject and text; else one ready-made message is sent each time." };
    private readonly Option<bool> _noReuse = new("--no-reuse") { Description = "Open a connection for each message." };
    private readonly Option<int?> _concurrency = new("--concurrency") { Description = $"Callers that send at a time; {CallersPerConnection} for each connection by default.", HelpName = "N" };
    private readonly Option<int?> _window = new("--window") { Description = "The most messages that one connection has under way.", HelpName = "N" };
    private readonly Option<bool> _noPipelining = new("--no-pipelining") { Description = "Wait for each command's reply, whatever the server offers." };
    private readonly Option<bool> _noChunking = new("--no-chunking") { Description = "Send by DATA, whatever the server offers." };
    private readonly Option<bool> _check = new("--check") { Description = "Require that each reply names its message's recipient and repeats no other, as those of bench/peers/sink.c." };
    // The form that contract.md promises is JSON already; the switch is there so that scripts can ask for it.
    private readonly Option<bool> _json = new("--json") { Description = "Print JSON, which is what is printed in any case." };

    private SmtpCommand()
    {
    }

    public static Command Create()
    {
        var options = new SmtpCommand();
        options._warmUp.Validators.Add(result => Require(result, options._warmUp, least: 0));
        options._size.Validators.Add(result =>
        {
            if (!result.GetValue(options._compose))
                Require(result, options._size, ReadyMadeMessage.SmallestSize);
        });
        options._concurrency.Validators.Add(result => Require(result, options._concurrency, least: 1));
        options._window.Validators.Add(result => Require(result, options._window, least: 1));
        var command = new Command("smtp", "Send messages to an SMTP server and check every receipt.")
        {
            options._host, options._port, options._security, options._username, options._passwordEnv, options._caFile, options._connections, options._messages,
            options._warmUp, options._size, options._compose, options._noReuse, options._concurrency, options._window, options._noPipelining, options._noChunking,
            options._check, options._json,
        };
        command.SetAction(options.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        try
        {
            var result = await new SmtpLoad(Plan(parsed), TimeProvider.System).RunAsync(cancellationToken);
            await Console.Out.WriteLineAsync(result.ToJson());
            return 0;
        }
        catch (UsageException e)
        {
            await Console.Error.WriteLineAsync($"sendwright-load: {e.Message}");
            return 2;
        }
        catch (LoadFailedException e)
        {
            await Console.Error.WriteLineAsync($"sendwright-load: {e.Message}");
            return 1;
        }
    }

    private SmtpLoadPlan Plan(ParseResult parsed)
    {
        var connections = parsed.GetValue(_connections);
        return new SmtpLoadPlan
        {
            Settings = Settings(parsed) with
            {
                Pool = new PoolSettings
                {
                    Connections = connections,
                    MessagesPerConnection = parsed.GetValue(_noReuse) ? 1 : int.MaxValue,
                    Window = parsed.GetValue(_window) ?? PoolSettings.DefaultWindow,
                    Pipelining = !parsed.GetValue(_noPipelining),
                    Chunking = !parsed.GetValue(_noChunking),
                },
            },
            Messages = parsed.GetValue(_messages),
            WarmUp = parsed.GetValue(_warmUp),
            Size = parsed.GetValue(_size),
            Composes = parsed.GetValue(_compose),
            Concurrency = parsed.GetValue(_concurrency) ?? connections * CallersPerConnection,
            ChecksReplies = parsed.GetValue(_check),
        };
    }

    /// <summary>The settings as the library reads them from an application's code, with its checks and its words.</summary>
    private MailSettings Settings(ParseResult parsed)
    {
        var reading = MailSettingsReader.Read(new MailOptions
        {
            Host = parsed.GetValue(_host),
            Port = parsed.GetValue(_port),
            Security = parsed.GetValue(_security),
            Username = parsed.GetValue(_username),
            Password = Password(parsed.GetValue(_passwordEnv)),
            CaFile = parsed.GetValue(_caFile),
        });
        return reading.Settings ?? throw new UsageException(string.Join(Environment.NewLine, reading.Evidence.Problems));
    }

    private static string? Password(string? variable) => variable is null
        ? null
        : Environment.GetEnvironmentVariable(variable)
            ?? throw new UsageException($"--password-env: there is no environment variable {variable}; export it, or check its spelling.");

    private static Option<int> Number(string name, string description, int value)
    {
        var option = new Option<int>(name) { Description = description, DefaultValueFactory = _ => value, HelpName = "N" };
        option.Validators.Add(result => Require(result, option, least: 1));
        return option;
    }

    private static void Require<T>(OptionResult result, Option<T> option, int least)
    {
        if (result.GetValue(option) is int value && value < least)
            result.AddError($"{option.Name} {value} is not {least} or more. Correct it.");
    }
}
