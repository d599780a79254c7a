using System.Globalization;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Sendwright.Evidence;
using Sendwright.Settings;
using Sendwright.Smtp.Auth;
using Sendwright.Smtp.Connecting;
using Sendwright.Smtp.Wire;

namespace Sendwright.Smtp;

/// <summary>
/// One SMTP connection, walked in the order of RFC 5321. Every step records what it saw; a step that cannot go on throws the fact that stopped it. Sending and
/// diagnosing walk the same steps: the transport in large groups, the doctor one by one.
/// </summary>
internal sealed class SmtpSession : IAsyncDisposable
{
    private readonly SmtpSessionOptions _options;
    private readonly SessionTime _time;
    private readonly AttemptRecorder _recorder;
    private SmtpChannel? _channel;
    private IPEndPoint? _localEndPoint;
    private IPEndPoint? _remoteEndPoint;
    private bool _insideTls;
    private bool _isUpgrading;
    private bool _isDistrusted;

    public SmtpSession(SmtpSessionOptions options, SessionTime time, AttemptRecorder recorder)
    {
        _options = options;
        _time = time;
        _recorder = recorder;
    }

    public SmtpCapabilities Capabilities { get; private set; } = SmtpCapabilities.None;

    private SmtpChannel Channel => _channel ?? throw new InvalidOperationException("The session is not connected.");

    /// <summary>Walks from the name lookup to the login.</summary>
    public async Task OpenAsync()
    {
        await ConnectAsync().ConfigureAwait(false);
        if (_options.Security == ConnectionSecurity.Implicit)
            await StartWithTlsAsync().ConfigureAwait(false);
        await GreetAsync().ConfigureAwait(false);
        await HelloAsync().ConfigureAwait(false);
        if (_options.Security == ConnectionSecurity.StartTls)
        {
            await StartTlsAsync().ConfigureAwait(false);
            await HelloAsync().ConfigureAwait(false);
        }

        await LogInAsync().ConfigureAwait(false);
    }

    /// <summary>Opens the TCP connection.</summary>
    public async Task ConnectAsync()
    {
        var connection = await Connector.ConnectAsync(_options.Target, _time, _recorder).ConfigureAwait(false);
        _localEndPoint = connection.Local;
        _remoteEndPoint = connection.Remote;
        _channel = new SmtpChannel(connection.Stream, _recorder, _time.Clock);
    }

    /// <summary>Starts TLS before anything is said (RFC 8314, 3.3).</summary>
    public async Task StartWithTlsAsync()
    {
        _recorder.Begin(MailStage.Tls);
        await UpgradeAsync().ConfigureAwait(false);
    }

    /// <summary>Waits for the server's greeting (RFC 5321, 3.1): 220, or 554 for "no SMTP service here".</summary>
    public async Task GreetAsync()
    {
        _recorder.Begin(MailStage.Greeting);
        Channel.Expect(MailStage.Greeting);
        var greeting = await ReadAsync(_time.Timeouts.Greeting, MailStage.Greeting, "greeting").ConfigureAwait(false);
        _recorder.Greeted(greeting);
        if (greeting.Code != 220)
            throw Refused(MailStage.Greeting, "the connection", null, greeting);
        _recorder.End(StageOutcome.Ok, greeting.ToString());
    }

    /// <summary>Says EHLO, and HELO to a server that does not know it (RFC 5321, 3.2).</summary>
    public async Task HelloAsync()
    {
        _recorder.Begin(MailStage.Hello);
        var name = _options.LocalName ?? LocalName();
        var reply = await CommandAsync(SmtpCommand.Ehlo(name)).ConfigureAwait(false);
        if (reply.IsPositive)
        {
            Capabilities = SmtpCapabilities.Parse(reply);
        }
        else if (reply.Code is 500 or 501 or 502 or 504 or 550)
        {
            // "if the SMTP server ... does not implement EHLO, the client SHOULD ... HELO" (RFC 5321, 3.2). Where the name was what displeased it, HELO fails alike.
            var refusal = reply;
            reply = await CommandAsync(SmtpCommand.Helo(name)).ConfigureAwait(false);
            if (!reply.IsPositive)
                throw Refused(MailStage.Hello, "the greeting", $"EHLO {name}", refusal.Code is 500 or 502 ? reply : refusal);
            Capabilities = SmtpCapabilities.None;
        }
        else
        {
            throw Refused(MailStage.Hello, "the greeting", $"EHLO {name}", reply);
        }

        _recorder.Offered(Capabilities, _insideTls);
        _recorder.End(StageOutcome.Ok, Capabilities.Lines.Count == 0 ? reply.ToString() : string.Join(", ", Capabilities.Lines));
    }

    /// <summary>Turns TLS on (RFC 3207). It is required: a server that does not offer it ends the session.</summary>
    public async Task StartTlsAsync()
    {
        _recorder.Begin(MailStage.Tls);
        if (!Capabilities.StartTls)
        {
            throw Fault(MailStage.Tls, FaultKind.StartTlsNotOffered, "The server does not offer STARTTLS, and the settings require it.");
        }

        var reply = await CommandAsync(SmtpCommand.StartTls).ConfigureAwait(false);
        if (reply.Code != 220)
            throw Refused(MailStage.Tls, "STARTTLS", "STARTTLS", reply);
        // What came in clear behind the reply would be read as if it had come inside TLS (RFC 3207, 5; CVE-2011-0411).
        if (Channel.HasUnreadInput)
        {
            var text = Channel.PeekUnread();
            throw new SmtpSessionException(new AttemptFault
            {
                Stage = MailStage.Tls,
                Kind = FaultKind.InjectedBeforeTls,
                UnexpectedText = text,
                Message = $"Bytes waited in clear text behind the STARTTLS reply: \"{text}\". Somebody may be injecting commands; the connection was closed.",
            });
        }

        await UpgradeAsync().ConfigureAwait(false);
    }

    /// <summary>Logs in, if the settings say so (RFC 4954).</summary>
    public async Task LogInAsync()
    {
        if (_options.Credentials is null && !(_options.HasClientCertificate && Capabilities.AuthMechanisms.Contains(ExternalMechanism.MechanismName)))
        {
            _recorder.Skip(MailStage.Auth, _options.HasClientCertificate ? "the client certificate is the login" : "no user name is set");
            return;
        }

        _recorder.Begin(MailStage.Auth);
        if (!Capabilities.Auth)
            throw Fault(MailStage.Auth, FaultKind.AuthNotOffered, "A login is set, and the server does not offer AUTH.");
        if (!IsLoopback && WhyUnsafe() is { } unsafeBecause)
        {
            _recorder.Auth(new AuthEvidence { SkippedBecause = unsafeBecause });
            throw Fault(MailStage.Auth, FaultKind.UnsafeLoginRefused, $"The secret is not sent: {unsafeBecause}.");
        }

        var login = new SmtpLogin(_options, Capabilities.AuthMechanisms, _time, _recorder, CommandAsync);
        try
        {
            await login.RunAsync().ConfigureAwait(false);
        }
        finally
        {
            _isDistrusted = login.IsDistrusted;
        }
    }

    /// <summary>Walks MAIL and RCPT and takes them back (RFC 5321, 3.3): what a diagnosis does instead of sending.</summary>
    public async Task<IReadOnlyList<RecipientOutcome>> TryEnvelopeAsync(Envelope envelope)
    {
        var transaction = new EnvelopeTrial(Channel, _time, _recorder, Capabilities);
        var outcomes = await transaction.OfferAsync(envelope).ConfigureAwait(false);
        try
        {
            await CommandAsync(SmtpCommand.Rset(MailStage.Recipient)).ConfigureAwait(false);
        }
        catch (SmtpSessionException e) when (e.Fault.Kind != FaultKind.Cancelled)
        {
            // As with QUIT: the question was answered. A server that hangs up here has forgotten the envelope too.
        }

        return outcomes;
    }

    /// <summary>Begins to send messages, as far ahead of the replies as the options let it.</summary>
    public SmtpPipeline StartPipeline(SmtpPipelineOptions options) => new(Channel, Capabilities, _time, _recorder.Mask, options);

    /// <summary>Reads while there is nothing to do; ends when the server speaks or hangs up.</summary>
    public Task WatchAsync() => Channel.WatchAsync();

    /// <summary>Takes leave (RFC 5321, 4.1.1.10). Whatever happens here is without meaning: the results are already known.</summary>
    public async Task QuitAsync()
    {
        // Out of step, broken, or half-way into TLS there is nobody to take leave of; nor is an impostor.
        if (_channel is not { IsInStep: true } || _isUpgrading || _isDistrusted)
            return;
        try
        {
            _channel.Queue(SmtpCommand.Quit(_recorder.CurrentStage));
            await ReadAsync(LeaveLimit, _recorder.CurrentStage, "reply to QUIT").ConfigureAwait(false);
        }
        catch (Exception e) when (e is SmtpSessionException or IOException or SocketException or ObjectDisposedException)
        {
            // Many servers hang up on QUIT, or did so before. The message's fate was decided by the reply to its final dot.
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_channel is not null)
            await _channel.DisposeAsync().ConfigureAwait(false);
    }

    private static readonly TimeSpan LeaveLimit = TimeSpan.FromSeconds(2);

    // Behind a proxy there is no remote address: even one on this machine leads beyond it.
    private bool IsLoopback => _remoteEndPoint is { } remote && IPAddress.IsLoopback(remote.Address);

    private string? WhyUnsafe() => !_insideTls ? "the connection is not encrypted"
        : _recorder.CurrentTls is { ProvesServer: false } ? "the server's certificate does not pass, and its check is switched off"
        : null;

    private async Task UpgradeAsync()
    {
        _isUpgrading = true;
        var stream = await TlsHandshake.RunAsync(Channel.Stream, _options.Tls, _time, _recorder).ConfigureAwait(false);
        Channel.Upgrade(stream);
        _isUpgrading = false;
        _insideTls = true;
        // RFC 3207, 4.2: what was learned in clear text must be forgotten.
        Capabilities = SmtpCapabilities.None;
        _recorder.End(StageOutcome.Ok, _recorder.CurrentTls is { } tls ? $"{tls.Protocol}, {tls.CipherSuite}" : null);
    }

    private async Task<SmtpReply> CommandAsync(SmtpCommand command)
    {
        Channel.Queue(command);
        return await ReadAsync(_time.Timeouts.Command, command.Stage, $"reply to {command.Shown}").ConfigureAwait(false);
    }

    private ValueTask<SmtpReply> ReadAsync(TimeSpan limit, MailStage stage, string waitingFor) =>
        _time.LimitAsync(limit, stage, waitingFor, Channel.ReadReplyAsync);

    // RFC 5321, 4.1.4: the name must be a fully qualified one or, failing that, an address literal. A bare host name is what strict servers refuse.
    private string LocalName()
    {
        var properties = IPGlobalProperties.GetIPGlobalProperties();
        var name = properties.HostName;
        if (!name.Contains('.', StringComparison.Ordinal) && properties.DomainName.Length > 0)
            name = $"{name}.{properties.DomainName}";
        if (name.Contains('.', StringComparison.Ordinal) && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-'))
            return name;
        return _localEndPoint?.Address switch
        {
            // Without the zone of a link-local address, which means nothing to the other side and is not in the grammar (RFC 5321, 4.1.3).
            { AddressFamily: AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: false } v6 => $"[IPv6:{new IPAddress(v6.GetAddressBytes())}]",
            { } v4 => $"[{v4.MapToIPv4()}]",
            null => "[127.0.0.1]",
        };
    }

    private static SmtpSessionException Fault(MailStage stage, FaultKind kind, string message) =>
        new(new AttemptFault { Stage = stage, Kind = kind, Message = message });

    private static SmtpSessionException Refused(MailStage stage, string what, string? command, SmtpReply reply) => new(new AttemptFault
    {
        Stage = stage,
        Kind = FaultKind.Refused,
        Reply = reply,
        Command = command,
        Message = string.Create(CultureInfo.InvariantCulture, $"The server refused {what}: {reply}"),
    });
}
