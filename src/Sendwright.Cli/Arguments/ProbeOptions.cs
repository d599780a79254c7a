using System.CommandLine;
using System.Globalization;
using System.Net;
using Sendwright.Doctor.Dns;
using Sendwright.Smtp.Connecting;

namespace Sendwright.Cli.Arguments;

/// <summary>The options of how to look up and how long to wait.</summary>
internal sealed class ProbeOptions
{
    private const int DnsPort = 53;

    private readonly Option<string?> _resolver = new("--resolver") { Description = "The name server to ask instead of this machine's", HelpName = "IP[:PORT]" };
    private readonly Option<string?> _timeout;

    public ProbeOptions(string timeoutHelp) => _timeout = new Option<string?>("--timeout") { Description = timeoutHelp, HelpName = "SECONDS" };

    public void AddTo(Command command)
    {
        command.Options.Add(_resolver);
        command.Options.Add(_timeout);
    }

    /// <exception cref="UsageException">The value is not a positive number.</exception>
    public TimeSpan? Timeout(ParseResult parsed)
    {
        if (parsed.GetValue(_timeout) is not { } text)
            return null;
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && seconds is > 0 and <= 3600
            ? TimeSpan.FromSeconds(seconds)
            : throw new UsageException($"--timeout {text} is no number of seconds; give one from 0.1 to 3600, such as --timeout 20.");
    }

    /// <exception cref="UsageException">The value is not an address.</exception>
    public HostLookup? Lookup(ParseResult parsed, TimeProvider clock)
    {
        if (parsed.GetValue(_resolver) is not { } text)
            return null;
        if (!IPEndPoint.TryParse(text, out var server))
            throw new UsageException($"--resolver {text} is no address; give one such as 1.1.1.1 or 127.0.0.1:5353.");
        var resolver = new StubResolver([server.Port == 0 ? new IPEndPoint(server.Address, DnsPort) : server], clock);
        var system = SystemHostLookup.With(clock);
        return async (host, token) => IPAddress.TryParse(host.Trim('[', ']'), out _) || host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            ? await system(host, token)
            : await resolver.ResolveAsync(host, token);
    }
}
