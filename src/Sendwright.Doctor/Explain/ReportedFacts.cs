using System.Net;
using Sendwright.Evidence;
using Sendwright.Settings;
using Sendwright.Smtp.Wire;

namespace Sendwright.Doctor.Explain;

/// <summary>What the readers find in one text. Each adds what it knows; which of it is the failure to be explained is decided when all have read.</summary>
internal sealed class ReportedFacts
{
    // More than this is one failure logged over and over.
    private const int MaxEach = 200;

    private readonly List<FaultReport> _faults = [];
    private readonly List<(int Place, ReportedStatement Statement)> _statements = [];
    private readonly List<SettingProblem> _problems = [];
    private readonly List<AddressTry> _addresses = [];
    private readonly HashSet<int> _transcriptLines = [];

    public IReadOnlyList<FaultReport> Faults => _faults;

    /// <summary>Whether no more failures are taken.</summary>
    public bool IsFull => _faults.Count >= MaxEach;

    public IReadOnlyList<(int Place, ReportedStatement Statement)> Statements => _statements;

    public IReadOnlyList<SettingProblem> Problems => _problems;

    public IReadOnlyList<AddressTry> Addresses => _addresses;

    /// <summary>The session as a transcript in the text shows it.</summary>
    public ReportedSession Session { get; } = new();

    public string? Host { get; private set; }

    public int? Port { get; private set; }

    public ConnectionSecurity? Security { get; private set; }

    public void Add(FaultReport fault)
    {
        if (!IsFull)
            _faults.Add(fault);
    }

    /// <summary>A sentence whose meaning is known though it tells of no connection.</summary>
    public void State(PastedText text, int place, string code)
    {
        if (_statements.Count < MaxEach)
            _statements.Add((place, new ReportedStatement(code, text.Excerpt(place))));
    }

    public void Add(SettingProblem problem)
    {
        if (_problems.Count < MaxEach && !_problems.Exists(known => known.Code == problem.Code && known.Name == problem.Name))
            _problems.Add(problem);
    }

    public void Add(AddressTry address)
    {
        if (_addresses.Count < MaxEach && !_addresses.Exists(known => known.Address.Equals(address.Address) && known.Port == address.Port))
            _addresses.Add(address);
        Port ??= address.Port;
    }

    /// <summary>Where the connection went. The first that is named counts: a text that names several tells of several tries.</summary>
    public void Endpoint(string? host, int? port)
    {
        if (host is { Length: > 0 and <= 253 } && Host is null)
            Host = host;
        if (port is >= 1 and <= 65535)
            Port ??= port;
    }

    public void Mode(ConnectionSecurity security) => Security ??= security;

    /// <summary>Notes that the line beginning at this place belongs to a transcript: the walk along it knows what its replies mean, others would take each for a failure.</summary>
    public void Claim(int lineStart) => _transcriptLines.Add(lineStart);

    public bool IsClaimed(int lineStart) => _transcriptLines.Contains(lineStart);
}

/// <summary>A session as far as a transcript shows it.</summary>
internal sealed class ReportedSession
{
    public SmtpReply? Greeting { get; set; }

    public SmtpCapabilities? CapabilitiesBeforeTls { get; set; }

    public SmtpCapabilities? CapabilitiesAfterTls { get; set; }

    public AuthEvidence? Auth { get; set; }

    public List<Exchange> Exchanges { get; } = [];

    /// <summary>The stage of the command without a reply, or else of the last reply; null where no transcript is shown.</summary>
    public MailStage? Reached { get; set; }

    /// <summary>Whether the final dot was sent and its reply is not shown.</summary>
    public bool AwaitsEndOfData { get; set; }

    public IPEndPoint? ConnectedTo { get; set; }
}
