using System.Globalization;
using Sendwright.Evidence;
using Sendwright.Settings;
using Sendwright.Smtp.Wire;

namespace Sendwright.Smtp.Auth;

/// <summary>
/// Logs in on a session that may (RFC 4954): the best mechanism that both sides have. After 504 the next one is tried, after 535 none: a second try would count against the
/// account. A refused token alone is renewed, once.
/// </summary>
/// <param name="options">The login.</param>
/// <param name="offered">The mechanisms that the server offers.</param>
/// <param name="time">The session's limits.</param>
/// <param name="recorder">Gets what is seen.</param>
/// <param name="say">Sends a command and reads its reply.</param>
internal sealed class SmtpLogin(SmtpSessionOptions options, IReadOnlyList<string> offered, SessionTime time, AttemptRecorder recorder, Func<SmtpCommand, Task<SmtpReply>> say)
{
    /// <summary>RFC 4954, 4: cancels the exchange; the server answers 501.</summary>
    private const string CancelAuth = "*";

    /// <summary>RFC 5321, 4.5.3.1.4, CRLF included: "the AUTH command is still subject to" it, and a first answer that does not fit waits to be asked for (RFC 4954, 4).</summary>
    private const int LongestCommand = 512;

    private string? _serverError;

    /// <summary>Whether whoever answers is not the server that it claims to be: then not even QUIT is said.</summary>
    public bool IsDistrusted { get; private set; }

    /// <summary>Logs in.</summary>
    /// <exception cref="SmtpSessionException">The server said no, or could not be asked.</exception>
    public async Task RunAsync()
    {
        var fitting = SaslChoice.Fitting(options);
        var shared = fitting.Where(offered.Contains).ToList();
        if (shared.Count == 0)
            throw Fault(FaultKind.NoSharedMechanism, $"The server offers AUTH {string.Join(' ', offered)}; {WhatThisLoginTakes(fitting)}.");
        // A control character would end a field of PLAIN or of the token mechanisms, and begin another.
        if (options.Credentials?.Username.Any(char.IsControl) == true)
            throw new SmtpSessionException(new AttemptFault { Stage = MailStage.Auth, Kind = FaultKind.SettingsUnusable, Message = "The user name has a control character in it. Write it anew, without the character." });

        var request = options.Credentials is { TokenSource: not null } credentials ? new MailTokenRequest { Username = credentials.Username, Host = options.Host } : null;
        var token = await TokenAsync(request).ConfigureAwait(false);
        var (mechanism, reply) = await TryAsync(shared, token).ConfigureAwait(false);
        if (request is not null && IsTokenRefusal(reply))
            reply = await RetryAsync(mechanism, request with { RefusedToken = token }, reply).ConfigureAwait(false);
        if (!reply.IsPositive)
            throw Refused(reply);
        recorder.End(StageOutcome.Ok, $"{mechanism}{(options.Credentials is { } login ? $" as {login.Username}" : "")}: {reply}");
    }

    private async Task<(string Mechanism, SmtpReply Reply)> TryAsync(List<string> mechanisms, Secret? token)
    {
        for (var index = 0; ; index++)
        {
            var reply = await TryAsync(mechanisms[index], token).ConfigureAwait(false);
            // 504: "Command parameter not implemented" (RFC 4954, 4): this mechanism was a promise that the server does not keep.
            if (reply.Code != 504 || index == mechanisms.Count - 1)
                return (mechanisms[index], reply);
        }
    }

    private async Task<SmtpReply> TryAsync(string name, Secret? token)
    {
        var mechanism = SaslChoice.Create(name, options, token);
        recorder.Auth(new AuthEvidence { Mechanism = name });
        var reply = await ExchangeAsync(mechanism).ConfigureAwait(false);
        _serverError = mechanism.ServerError;
        if (reply.IsPositive && mechanism.ObjectionToSuccess is { } objection)
            throw Distrust(objection);
        recorder.Auth(new AuthEvidence { Mechanism = name, Accepted = reply.IsPositive });
        return reply;
    }

    // A token may have been withdrawn since it was cached. One more try, if the server lets us; whatever prevents it, the refusal is the result.
    private async Task<SmtpReply> RetryAsync(string mechanism, MailTokenRequest request, SmtpReply refusal)
    {
        var error = _serverError;
        var token = await TokenAsync(request).ConfigureAwait(false);
        if (token!.Reveal() == request.RefusedToken!.Reveal())
            return refusal;
        try
        {
            var reply = await TryAsync(mechanism, token).ConfigureAwait(false);
            if (reply.IsPositive || IsTokenRefusal(reply))
                return reply;
        }
        catch (SmtpSessionException e) when (e.Fault.Kind is FaultKind.Disconnected or FaultKind.ConnectionReset or FaultKind.Refused)
        {
            // Many servers hang up after a failed login.
        }

        _serverError = error;
        return refusal;
    }

    private async Task<Secret?> TokenAsync(MailTokenRequest? request) =>
        request is null ? null : await AccessToken.AskAsync(options.Credentials!.TokenSource!, request, time, recorder).ConfigureAwait(false);

    private async Task<SmtpReply> ExchangeAsync(SaslMechanism mechanism)
    {
        var first = mechanism.InitialResponse;
        // RFC 4954, 4: an initial response of no octets is "=".
        var encoded = first is null ? null : first.Length == 0 ? "=" : Convert.ToBase64String(first);
        var command = SmtpCommand.Auth(mechanism.Name, encoded);
        var isWithheld = command.Line.Length + 2 > LongestCommand;
        var reply = await say(isWithheld ? SmtpCommand.Auth(mechanism.Name, null) : command).ConfigureAwait(false);
        if (isWithheld && reply.Code == 334)
            reply = await say(SmtpCommand.AuthAnswer(encoded!)).ConfigureAwait(false);
        while (reply.Code == 334)
        {
            var step = mechanism.Answer(Decode(reply));
            if (step.Response is not { } response)
                return await GiveUpAsync(step).ConfigureAwait(false);
            reply = await say(SmtpCommand.AuthAnswer(Convert.ToBase64String(response))).ConfigureAwait(false);
        }

        return reply;
    }

    // A server that asks for ever would otherwise be answered for ever.
    private async Task<SmtpReply> GiveUpAsync(SaslStep step)
    {
        if (step.IsDistrust)
            throw Distrust(step.Objection!);
        SmtpReply reply;
        try
        {
            reply = await say(SmtpCommand.AuthAnswer(CancelAuth)).ConfigureAwait(false);
        }
        catch (SmtpSessionException e) when (step.Objection is not null && e.Fault.Kind != FaultKind.Cancelled)
        {
            throw Fault(FaultKind.ProtocolViolation, step.Objection);
        }

        if (step.Objection is not null)
            throw Fault(FaultKind.ProtocolViolation, step.Objection);
        return reply.Code == 334 ? throw Fault(FaultKind.ProtocolViolation, $"The server goes on asking ({reply}) after the login was cancelled.") : reply;
    }

    // PLAIN and LOGIN do not read the challenge, and some servers send it without encoding; the others refuse an empty one.
    private static ReadOnlySpan<byte> Decode(SmtpReply challenge)
    {
        var buffer = new byte[challenge.Text.Length];
        return Convert.TryFromBase64String(challenge.Text, buffer, out var length) ? buffer.AsSpan(0, length) : [];
    }

    private bool IsTokenRefusal(SmtpReply reply) => reply.Code == 535 || (reply.IsPermanent && reply.Code != 504 && _serverError is not null);

    private string WhatThisLoginTakes(IReadOnlyList<string> fitting)
    {
        var which = options.Credentials switch
        {
            { TokenSource: not null } => "a login with a token",
            { Password.IsEmpty: false } => "this client",
            _ => "a login by client certificate",
        };
        return $"{which} has {string.Join(", ", fitting)}";
    }

    private SmtpSessionException Refused(SmtpReply reply)
    {
        var reason = _serverError is { Length: > 0 } error ? $" (its reason: {recorder.Quote(error)})" : "";
        return new SmtpSessionException(new AttemptFault
        {
            Stage = MailStage.Auth,
            Kind = FaultKind.Refused,
            Reply = reply,
            Command = "AUTH",
            Message = string.Create(CultureInfo.InvariantCulture, $"The server refused the login: {reply}{reason}"),
        });
    }

    private SmtpSessionException Distrust(string objection)
    {
        IsDistrusted = true;
        return Fault(FaultKind.ServerNotProven, objection);
    }

    private static SmtpSessionException Fault(FaultKind kind, string message) => new(new AttemptFault { Stage = MailStage.Auth, Kind = kind, Message = message });
}
