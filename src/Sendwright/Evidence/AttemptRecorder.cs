using System.Net;
using Sendwright.Settings;
using Sendwright.Smtp;
using Sendwright.Smtp.Wire;

namespace Sendwright.Evidence;

/// <summary>
/// Collects the evidence of one connection while it lives. What belongs to the connection is kept for all its messages; what belongs to a message is dropped when
/// the next one starts, so that no failure ever shows another message's lines. Not thread-safe: a session is walked by one caller.
/// </summary>
internal sealed class AttemptRecorder
{
    /// <summary>The exchanges kept for one message: enough for a login and 60 recipients; older ones fall out.</summary>
    public const int MaxMessageExchanges = 64;

    private const int MaxConnectionExchanges = 16;

    private readonly TimeProvider _clock;
    private readonly SecretMasker _masker;
    private readonly Action<StageRecord>? _onStage;
    private readonly long _startedAt;
    private readonly List<StageRecord> _stages = [];
    private readonly List<AddressTry> _addresses = [];
    private readonly List<Exchange> _connectionExchanges = [];
    private readonly Queue<Exchange> _messageExchanges = new();
    private readonly List<Resolution> _resolutions = [];
    private int _connectionStages;
    private bool _inMessage;
    private long _stageStartedAt;
    private Attempt _facts;

    public AttemptRecorder(
        TimeProvider clock, string host, int port, ConnectionSecurity security, SecretMasker? masker = null, bool isExperiment = false, Action<StageRecord>? onStage = null)
    {
        _clock = clock;
        _masker = masker ?? new SecretMasker();
        _onStage = onStage;
        _startedAt = _stageStartedAt = clock.GetTimestamp();
        _facts = new Attempt { Host = host, Port = port, Security = security, IsExperiment = isExperiment };
    }

    /// <summary>The stage under way, or the last one.</summary>
    public MailStage CurrentStage { get; private set; } = MailStage.Settings;

    public IReadOnlyList<Resolution> Resolutions => _resolutions;

    public string Mask(string text) => _masker.Mask(text);

    /// <summary>Keeps a secret that turned up on the way out of everything recorded from now on.</summary>
    public void Learn(Secret secret) => _masker.Learn(secret);

    /// <summary>Somebody else's words for a message of ours: masked, on one line, shortened.</summary>
    public string Quote(string text) => SettingMask.Shortened(SettingMask.Printable(Mask(text))).Trim();

    public SmtpReply Mask(SmtpReply reply) => _masker.Mask(reply);

    public void Begin(MailStage stage)
    {
        CurrentStage = stage;
        _stageStartedAt = _clock.GetTimestamp();
    }

    public void End(StageOutcome outcome, string? detail) => End(CurrentStage, outcome, detail, _clock.GetElapsedTime(_stageStartedAt));

    public void Skip(MailStage stage, string why)
    {
        CurrentStage = stage;
        End(stage, StageOutcome.Skipped, why, null);
    }

    /// <summary>From here on exchanges and stages belong to a message.</summary>
    public void StartMessage()
    {
        if (!_inMessage)
            _connectionStages = _stages.Count;
        _inMessage = true;
        _messageExchanges.Clear();
        _stages.RemoveRange(_connectionStages, _stages.Count - _connectionStages);
        _facts = _facts with { Fault = null };
    }

    public void Resolved(Resolution resolution) => _resolutions.Add(resolution);

    public void Tried(AddressTry attempt)
    {
        lock (_addresses)
            _addresses.Add(attempt);
    }

    public void Connected(IPEndPoint endPoint) => _facts = _facts with { ConnectedTo = endPoint };

    public void Proxied(ProxyEvidence proxy) => _facts = _facts with { Proxy = proxy };

    public void Exchanged(MailStage stage, string? command, SmtpReply reply, TimeSpan elapsed)
    {
        var exchange = new Exchange(stage, command, _masker.Mask(reply), elapsed);
        if (_inMessage)
        {
            if (_messageExchanges.Count == MaxMessageExchanges)
                _messageExchanges.Dequeue();
            _messageExchanges.Enqueue(exchange);
        }
        else if (_connectionExchanges.Count < MaxConnectionExchanges)
        {
            _connectionExchanges.Add(exchange);
        }
    }

    public void Greeted(SmtpReply greeting) => _facts = _facts with { Greeting = _masker.Mask(greeting) };

    public void Offered(SmtpCapabilities capabilities, bool insideTls) =>
        _facts = insideTls ? _facts with { CapabilitiesAfterTls = capabilities } : _facts with { CapabilitiesBeforeTls = capabilities };

    public void Tls(TlsEvidence tls) => _facts = _facts with { Tls = tls };

    public TlsEvidence? CurrentTls => _facts.Tls;

    public void Auth(AuthEvidence auth) => _facts = _facts with { Auth = auth };

    public void Failed(AttemptFault fault)
    {
        if (_facts.Fault is not null)
            return;
        var masked = fault with
        {
            Message = Mask(fault.Message),
            Reply = fault.Reply is { } reply ? _masker.Mask(reply) : null,
            UnexpectedText = fault.UnexpectedText is { } text ? Mask(text) : null,
        };
        _facts = _facts with { Fault = masked };
        var elapsed = CurrentStage == fault.Stage ? _clock.GetElapsedTime(_stageStartedAt) : (TimeSpan?)null;
        End(fault.Stage, StageOutcome.Failed, masked.Message, elapsed);
    }

    public Attempt ToAttempt()
    {
        AddressTry[] addresses;
        lock (_addresses)
            addresses = [.. _addresses];
        return _facts with
        {
            Stages = [.. _stages],
            Addresses = addresses,
            Exchanges = [.. _connectionExchanges, .. _messageExchanges],
            Elapsed = _clock.GetElapsedTime(_startedAt),
        };
    }

    private void End(MailStage stage, StageOutcome outcome, string? detail, TimeSpan? elapsed)
    {
        var record = new StageRecord(stage, outcome, elapsed, detail is null ? null : Mask(detail));
        _stages.Add(record);
        _onStage?.Invoke(record);
    }
}
