using Sendwright.Integration.Tests.Network;
using Sendwright.Integration.Tests.Servers;

namespace Sendwright.Integration.Tests.Tool;

/// <summary>What stands where the settings point: a real mail server, something else, or nothing.</summary>
internal sealed class MailTarget : IAsyncDisposable
{
    private readonly List<object> _owned = [];

    /// <summary>The value for the host setting.</summary>
    public required string Host { get; init; }

    /// <summary>The certificate to trust; null where there is none to trust.</summary>
    public string? AuthorityFile { get; private init; }

    /// <summary>The network in which the target can be reached.</summary>
    public NetworkNamespace? Network { get; private init; }

    /// <summary>The name server to ask.</summary>
    public string? Resolver { get; private init; }

    public static async Task<MailTarget> PostfixAsync(MailServerOptions options, CancellationToken cancellationToken)
    {
        var postfix = await PostfixServer.StartAsync(options, cancellationToken);
        return new MailTarget { Host = postfix.Address.ToString(), AuthorityFile = postfix.AuthorityFile }.Owning(postfix);
    }

    public static async Task<MailTarget> EximAsync(MailServerOptions options, CancellationToken cancellationToken)
    {
        var exim = await EximServer.StartAsync(options, cancellationToken);
        return new MailTarget { Host = exim.Address.ToString(), AuthorityFile = exim.AuthorityFile }.Owning(exim);
    }

    public static async Task<MailTarget> PythonHttpAsync(CancellationToken cancellationToken)
    {
        var server = await HttpServer.StartPythonAsync(MailPort.Submission, cancellationToken);
        return new MailTarget { Host = server.Address.ToString() }.Owning(server);
    }

    public static async Task<MailTarget> NginxAsync(CancellationToken cancellationToken)
    {
        var server = await HttpServer.StartNginxAsync(MailPort.Submission, cancellationToken);
        return new MailTarget { Host = server.Address.ToString() }.Owning(server);
    }

    public static Task<MailTarget> SilentAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var server = new SilentServer(MailPort.Submission);
        return Task.FromResult(new MailTarget { Host = server.Address.ToString() }.Owning(server));
    }

    public static Task<MailTarget> NothingAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(new MailTarget { Host = LoopbackAddress.Next().ToString() });
    }

    /// <summary>A good Postfix under its name, in a network whose firewall drops what comes for the given ports.</summary>
    public static async Task<MailTarget> BehindFirewallAsync(IReadOnlyList<int> droppedPorts, CancellationToken cancellationToken)
    {
        var network = await NetworkNamespace.CreateAsync(cancellationToken);
        var postfix = await PostfixServer.StartAsync(new MailServerOptions { Network = network }, cancellationToken);
        var names = await NameServer.StartAsync(PostfixServer.HostName, network.Host, network, cancellationToken);
        if (droppedPorts.Count > 0)
            await network.DropAsync(droppedPorts, cancellationToken);
        return new MailTarget
        {
            Host = PostfixServer.HostName,
            AuthorityFile = postfix.AuthorityFile,
            Network = network,
            Resolver = names.Address.ToString(),
        }.Owning(network, postfix, names);
    }

    public async ValueTask DisposeAsync()
    {
        // The last one started goes first: servers before the network they stand in.
        foreach (var one in Enumerable.Reverse(_owned))
        {
            if (one is IAsyncDisposable later)
                await later.DisposeAsync();
            else
                ((IDisposable)one).Dispose();
        }
    }

    private MailTarget Owning(params object[] resources)
    {
        _owned.AddRange(resources);
        return this;
    }
}
