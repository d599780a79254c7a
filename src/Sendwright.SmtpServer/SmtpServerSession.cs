using System.Globalization;
using System.IO.Pipelines;
using System.Net;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Sendwright.Smtp.Wire;

namespace Sendwright.SmtpServer;

/// <summary>One client's session over any pair of pipes, in the order of RFC 5321: greeting, EHLO, STARTTLS, AUTH, MAIL, RCPT, DATA or BDAT, QUIT.</summary>
public sealed class SmtpServerSession
{
    private readonly SmtpServerChannel _channel;
    private readonly SmtpServerOptions _options;
    private readonly SmtpServerLimits _limits;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly CancellationToken _abort;
    private SmtpSessionInfo _session;
    private SmtpSessionState _state = SmtpSessionState.Greeted;
    private SmtpTransaction? _transaction;
    private int _errors;
    private int _failedLogins;
    private bool _ended;

    private SmtpServerSession(
        SmtpServerChannel channel, SmtpServerOptions options, EndPoint? remoteEndPoint, TimeProvider time, ILogger logger, CancellationToken abort)
    {
        _channel = channel;
        _options = options;
        _limits = options.Limits;
        _time = time;
        _logger = logger;
        _abort = abort;
        _session = new SmtpSessionInfo { RemoteEndPoint = remoteEndPoint };
    }

    /// <summary>Serves one client until one of the two ends the session. The transport stays the caller's to complete.</summary>
    /// <param name="transport">The client's octets in, ours out.</param>
    /// <param name="options">What the server demands, and who decides.</param>
    /// <param name="remoteEndPoint">Where the client comes from, for the hooks and the log.</param>
    /// <param name="timeProvider">The clock behind every time-out.</param>
    /// <param name="logger">Where sessions and refusals are noted, without what was said in them.</param>
    /// <param name="stopping">Ends the session before its next command, with 421.</param>
    /// <param name="cancellationToken">Ends it at once.</param>
    /// <exception cref="ArgumentException">The options contradict each other.</exception>
    public static async Task RunAsync(
        IDuplexPipe transport,
        SmtpServerOptions options,
        EndPoint? remoteEndPoint = null,
        TimeProvider? timeProvider = null,
        ILogger? logger = null,
        CancellationToken stopping = default,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(transport);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        var time = timeProvider ?? TimeProvider.System;
        var channel = new SmtpServerChannel(transport, options.Limits, time, stopping, cancellationToken);
        await using (channel.ConfigureAwait(false))
        {
            await new SmtpServerSession(channel, options, remoteEndPoint, time, logger ?? NullLogger.Instance, cancellationToken).ServeAsync().ConfigureAwait(false);
            await channel.CloseAsync().ConfigureAwait(false);
        }
    }

    private async Task ServeAsync()
    {
        SmtpServerLog.SessionBegan(_logger, _session.RemoteEndPoint);
        var reason = "the client said QUIT";
        try
        {
            if (_options.ImplicitTls)
                await StartTlsAsync().ConfigureAwait(false);
            Greet();
            while (!_ended)
                await TakeCommandAsync().ConfigureAwait(false);
        }
        catch (SessionEndedException e)
        {
            reason = e.Message;
            if (e.Farewell != SmtpRejection.None)
                _channel.Write(e.Farewell.ToReply());
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            reason = e.Message; // the connection broke, or the host wants it over
        }

        SmtpServerLog.SessionEnded(_logger, _session.RemoteEndPoint, reason);
    }

    // RFC 5321, 3.1
    private void Greet() => Say(220, $"{_options.HostName} ESMTP");

    private async ValueTask TakeCommandAsync()
    {
        var line = await _channel.ReadLineAsync(OffersLogin ? _limits.MaxLoginLineOctets : _limits.MaxCommandOctets).ConfigureAwait(false);
        if (line.Kind == SmtpLineKind.BareLineFeed)
            throw new SessionEndedException("a bare LF in a command", SmtpRejection.BareLineFeed);

        var command = line.Kind == SmtpLineKind.Complete
            ? SmtpCommandParser.Parse(line.Octets.Span)
            : new MalformedCommand(SmtpVerb.Unknown, SmtpRejection.LineTooLong);
        if (command.Verb != SmtpVerb.Auth && line.Octets.Length + 2 > _limits.MaxCommandOctets)
            command = new MalformedCommand(command.Verb, SmtpRejection.LineTooLong);

        var rejection = Judge(command);
        if (rejection == SmtpRejection.None)
            await CarryOutAsync(command).ConfigureAwait(false);
        else if (command.Verb == SmtpVerb.Bdat)
            await RefuseChunkAsync(command, rejection).ConfigureAwait(false);
        else
            Refuse(command.Verb, rejection);
    }

    private SmtpRejection Judge(SmtpCommand command)
    {
        // RFC 3207, 4: "the SMTP server MUST return the reply code 530 to every command other than NOOP, EHLO, STARTTLS, or QUIT".
        if (_options.RequireTls && !_session.IsEncrypted
            && command.Verb is not (SmtpVerb.Noop or SmtpVerb.Ehlo or SmtpVerb.Helo or SmtpVerb.StartTls or SmtpVerb.Quit))
            return SmtpRejection.TlsFirst;
        if (command is MalformedCommand { Rejection: SmtpRejection.LineTooLong })
            return SmtpRejection.LineTooLong;
        if (SmtpSessionStates.Judge(_state, command.Verb) is not SmtpRejection.None and var outOfOrder)
            return command is MalformedCommand { Verb: SmtpVerb.Unknown } unknown ? unknown.Rejection : outOfOrder;
        if (_options.RequireLogin && _session.AuthenticatedUser is null
            && command.Verb is SmtpVerb.Mail or SmtpVerb.Rcpt or SmtpVerb.Data or SmtpVerb.Bdat or SmtpVerb.Vrfy)
            return SmtpRejection.LoginFirst;
        return command is MalformedCommand malformed ? malformed.Rejection : SmtpRejection.None;
    }

    private ValueTask CarryOutAsync(SmtpCommand command)
    {
        switch (command)
        {
            case HelloCommand hello:
                Hello(hello);
                break;
            case AuthCommand auth:
                return LoginAsync(auth);
            case MailCommand mail:
                return MailAsync(mail);
            case RcptCommand rcpt:
                return RcptAsync(rcpt);
            case BdatCommand bdat:
                return BdatAsync(bdat);
            case { Verb: SmtpVerb.StartTls }:
                return UpgradeAsync();
            case { Verb: SmtpVerb.Data }:
                return DataAsync();
            case { Verb: SmtpVerb.Rset }:
                Reset();
                Say(250, "2.0.0 Ok");
                break;
            case { Verb: SmtpVerb.Noop }:
                Say(250, "2.0.0 Ok");
                break;
            case { Verb: SmtpVerb.Vrfy }:
                Say(252, "2.0.0 Not checked; RCPT will tell"); // RFC 5321, 3.5.3: who has which mailbox is nobody's business
                break;
            case { Verb: SmtpVerb.Help }:
                Say(214, "2.0.0 RFC 5321: EHLO, STARTTLS, AUTH, MAIL, RCPT, DATA, BDAT, RSET, NOOP, QUIT");
                break;
            case { Verb: SmtpVerb.Quit }:
                Say(221, "2.0.0 Bye");
                _ended = true;
                break;
        }

        return ValueTask.CompletedTask;
    }

    private void Hello(HelloCommand hello)
    {
        Reset();
        _state = SmtpSessionState.Ready;
        _session = _session with { ClientName = hello.ClientName, IsExtended = hello.Verb == SmtpVerb.Ehlo };
        if (!_session.IsExtended)
        {
            Say(250, _options.HostName);
            return;
        }

        var lines = new List<string>
        {
            _options.HostName,
            "PIPELINING",
            string.Create(CultureInfo.InvariantCulture, $"SIZE {_limits.MaxMessageOctets}"),
            "8BITMIME",
            "SMTPUTF8",
            "CHUNKING",
            "ENHANCEDSTATUSCODES",
        };
        if (_options.Certificate is not null && !_session.IsEncrypted)
            lines.Add("STARTTLS");
        if (OffersLogin && TakesLoginHere && _session.AuthenticatedUser is null)
            lines.Add("AUTH PLAIN LOGIN");
        _channel.Write(new SmtpReply(250, lines));
    }

    // RFC 3207
    private async ValueTask UpgradeAsync()
    {
        if (_options.Certificate is null)
        {
            Refuse(SmtpVerb.StartTls, SmtpRejection.NotImplemented);
            return;
        }

        if (_session.IsEncrypted)
        {
            Refuse(SmtpVerb.StartTls, SmtpRejection.TlsAlready);
            return;
        }

        // Commands that wait here came in clear text, from whoever is on the way; taken after the handshake they would count as the client's own (CVE-2011-0411).
        if (_channel.HasBufferedInput)
            throw new SessionEndedException("commands behind STARTTLS", SmtpRejection.TlsFollowedByCommands);
        Say(220, "2.0.0 Go ahead");
        await StartTlsAsync().ConfigureAwait(false);
    }

    private async ValueTask StartTlsAsync()
    {
        await _channel.StartTlsAsync(_options.Certificate!).ConfigureAwait(false);
        // "the server MUST discard any knowledge obtained from the client, such as the argument to the EHLO command"
        Reset();
        _state = SmtpSessionState.Greeted;
        _session = new SmtpSessionInfo
        {
            RemoteEndPoint = _session.RemoteEndPoint,
            TlsProtocol = _channel.Tls!.SslProtocol,
            TlsCipherSuite = _channel.Tls.NegotiatedCipherSuite,
        };
    }

    // RFC 4954
    private async ValueTask LoginAsync(AuthCommand command)
    {
        var rejection = !OffersLogin ? SmtpRejection.NotImplemented
            : _session.AuthenticatedUser is not null ? SmtpRejection.LoginAlready
            : !TakesLoginHere ? SmtpRejection.LoginNeedsTls
            : SmtpRejection.None;
        if (rejection != SmtpRejection.None)
        {
            Refuse(SmtpVerb.Auth, rejection);
            return;
        }

        var exchange = new SmtpLoginExchange(_channel, _limits);
        rejection = await exchange.RunAsync(command).ConfigureAwait(false)
            ? await CheckAsync(command.Mechanism, exchange).ConfigureAwait(false)
            : exchange.Rejection;
        if (rejection != SmtpRejection.None)
        {
            Refuse(SmtpVerb.Auth, rejection);
            if (rejection == SmtpRejection.LoginRefused && ++_failedLogins >= _limits.MaxFailedLogins)
                throw new SessionEndedException("too many failed logins", SmtpRejection.TooManyFailedLogins);
            return;
        }

        _session = _session with { AuthenticatedUser = exchange.UserName };
        Say(235, "2.7.0 Logged in");
    }

    private async ValueTask<SmtpRejection> CheckAsync(string mechanism, SmtpLoginExchange exchange)
    {
        var attempt = new SmtpLoginAttempt { UserName = exchange.UserName, Password = exchange.Password, Mechanism = mechanism, Session = _session };
        try
        {
            if (await _options.Authenticate!(attempt, _abort).ConfigureAwait(false))
                return SmtpRejection.None;
        }
        catch (Exception e) when (!_abort.IsCancellationRequested)
        {
            SmtpServerLog.HookFailed(_logger, e, SmtpVerb.Auth);
            return SmtpRejection.LoginUndecided;
        }

        SmtpServerLog.LoginRefused(_logger, _session.RemoteEndPoint, mechanism);
        return SmtpRejection.LoginRefused;
    }

    private async ValueTask MailAsync(MailCommand mail)
    {
        var transaction = new SmtpTransaction(mail);
        var rejection = mail.Size > _limits.MaxMessageOctets ? SmtpRejection.MessageTooLarge
            : !transaction.TakesAddress(mail.Sender) ? SmtpRejection.AddressNeedsSmtpUtf8
            : SmtpRejection.None;
        if (rejection != SmtpRejection.None)
        {
            Refuse(SmtpVerb.Mail, rejection);
            return;
        }

        if (_options.AcceptSender is { } accept && await AskAsync(SmtpVerb.Mail, () => accept(mail.Sender, _session, _abort)).ConfigureAwait(false))
            return;
        _transaction = transaction;
        _state = SmtpSessionState.MailGiven;
        Say(250, "2.1.0 Sender ok");
    }

    private async ValueTask RcptAsync(RcptCommand rcpt)
    {
        var transaction = _transaction!;
        var rejection = transaction.Recipients.Count >= _limits.MaxRecipients ? SmtpRejection.TooManyRecipients
            : !transaction.TakesAddress(rcpt.Recipient) ? SmtpRejection.AddressNeedsSmtpUtf8
            : SmtpRejection.None;
        if (rejection != SmtpRejection.None)
        {
            Refuse(SmtpVerb.Rcpt, rejection);
            return;
        }

        if (_options.AcceptRecipient is { } accept && await AskAsync(SmtpVerb.Rcpt, () => accept(rcpt.Recipient, _session, _abort)).ConfigureAwait(false))
            return;
        transaction.Recipients.Add(rcpt.Recipient);
        _state = SmtpSessionState.RecipientGiven;
        Say(250, "2.1.5 Recipient ok");
    }

    private async ValueTask DataAsync()
    {
        Say(354, "End with a dot on a line of its own");
        var transaction = _transaction!;
        var content = ContentReader.ForData(_limits.MaxMessageOctets);
        await _channel.ReadDataAsync(content, transaction.Content).ConfigureAwait(false);
        await FinishAsync(SmtpVerb.Data, transaction, content).ConfigureAwait(false);
    }

    // RFC 3030, 2
    private async ValueTask BdatAsync(BdatCommand bdat)
    {
        var transaction = _transaction!;
        var content = transaction.Chunks ??= ContentReader.ForChunks(_limits.MaxMessageOctets);
        await _channel.ReadChunkAsync(bdat.Size, content, transaction.Content).ConfigureAwait(false);
        if (bdat.IsLast)
        {
            content.CompleteChunks();
            await FinishAsync(SmtpVerb.Bdat, transaction, content).ConfigureAwait(false);
        }
        else if (Problem(content) is not SmtpRejection.None and var rejection)
        {
            Reset(); // the chunks that are on their way get 503
            Refuse(SmtpVerb.Bdat, rejection);
        }
        else
        {
            _state = SmtpSessionState.Chunking;
            Say(250, string.Create(CultureInfo.InvariantCulture, $"2.0.0 {bdat.Size} octets received"));
        }
    }

    /// <summary>A refused chunk comes all the same, right behind its command: its octets must not be taken for commands.</summary>
    private async ValueTask RefuseChunkAsync(SmtpCommand command, SmtpRejection rejection)
    {
        if (command is not BdatCommand bdat)
            throw new SessionEndedException("a chunk of unknown size", SmtpRejection.ChunkMalformed);
        await _channel.SkipAsync(bdat.Size).ConfigureAwait(false);
        if (_state != SmtpSessionState.Greeted)
            Reset();
        Refuse(SmtpVerb.Bdat, rejection);
    }

    private async ValueTask FinishAsync(SmtpVerb verb, SmtpTransaction transaction, ContentReader content)
    {
        Reset();
        if (Problem(content) is not SmtpRejection.None and var rejection)
        {
            Refuse(verb, rejection);
            return;
        }

        var message = new ReceivedMessage
        {
            Sender = transaction.Mail.Sender,
            Recipients = transaction.Recipients,
            Content = transaction.Content.WrittenMemory,
            ReceivedAt = _time.GetUtcNow(),
            Session = _session,
            IsEightBit = transaction.Mail.IsEightBit,
            SmtpUtf8 = transaction.Mail.SmtpUtf8,
        };
        SmtpReply reply;
        try
        {
            reply = await _options.AcceptMessage(message, _abort).ConfigureAwait(false);
        }
        catch (Exception e) when (!_abort.IsCancellationRequested)
        {
            SmtpServerLog.HookFailed(_logger, e, verb);
            Refuse(verb, SmtpRejection.HandlerFailed);
            return;
        }

        SmtpServerLog.MessageTaken(_logger, message.Content.Length, message.Recipients.Count, _session.RemoteEndPoint, reply.ToString());
        Say(reply);
    }

    private static SmtpRejection Problem(ContentReader content) => content.Problem switch
    {
        ContentProblem.None => SmtpRejection.None,
        ContentProblem.BareCarriageReturn => SmtpRejection.ContentHasBareCarriageReturn,
        ContentProblem.BareLineFeed => SmtpRejection.ContentHasBareLineFeed,
        ContentProblem.Nul => SmtpRejection.ContentHasNul,
        _ => SmtpRejection.MessageTooLarge,
    };

    /// <summary>Asks a hook; true where it refused, in its own words, or failed.</summary>
    private async ValueTask<bool> AskAsync(SmtpVerb verb, Func<ValueTask<SmtpReply?>> hook)
    {
        try
        {
            if (await hook().ConfigureAwait(false) is not { } refusal)
                return false;
            Say(refusal);
        }
        catch (Exception e) when (e is not SessionEndedException && !_abort.IsCancellationRequested)
        {
            SmtpServerLog.HookFailed(_logger, e, verb);
            Refuse(verb, SmtpRejection.HandlerFailed);
        }

        return true;
    }

    private bool OffersLogin => _options.Authenticate is not null;

    private bool TakesLoginHere => _session.IsEncrypted || _options.AllowLoginInClear;

    private void Reset()
    {
        _transaction = null;
        if (_state != SmtpSessionState.Greeted)
            _state = SmtpSessionState.Ready;
    }

    private void Say(int code, string text) => _channel.Write(new SmtpReply(code, text));

    /// <summary>Says what a hook answered. Its reply has to be a final one, and 421 means that the session ends.</summary>
    private void Say(SmtpReply reply)
    {
        _channel.Write(reply.IsPositive || reply.IsTransient || reply.IsPermanent ? reply : SmtpRejection.HandlerFailed.ToReply());
        _ended |= reply.Code == 421;
        if (!reply.IsPositive)
            CountError();
    }

    private void Refuse(SmtpVerb verb, SmtpRejection rejection)
    {
        SmtpServerLog.Refused(_logger, _session.RemoteEndPoint, verb, rejection);
        _channel.Write(rejection.ToReply());
        CountError();
    }

    private void CountError()
    {
        if (++_errors >= _limits.MaxErrors)
            throw new SessionEndedException("too many errors", SmtpRejection.TooManyErrors);
    }
}
