using System.Net;
using Sendwright.Evidence;

namespace Sendwright.Doctor.Dns;

/// <summary>
/// Asks name servers directly (RFC 1034, 5.3.1: a stub resolver), because the platform's own lookup tells neither "does not exist" from "could not be looked up"
/// everywhere, nor can it be pointed at another resolver. Reads no hosts file and no search list: a mail host's name is complete.
/// </summary>
internal sealed class StubResolver(IReadOnlyList<IPEndPoint> servers, TimeProvider time)
{
    private const int Rounds = 2;

    // RFC 1034 sets no bound; 8 is what the big resolvers follow, and an endless chain ends here.
    private const int MaxAliases = 8;

    private readonly IReadOnlyList<IPEndPoint> _servers = servers;
    private readonly TimeProvider _time = time;

    /// <summary>How long one server may take for one question before the next is asked.</summary>
    /// <value>1.5 seconds: three silent servers, asked twice, end within the doctor's 10 seconds.</value>
    public TimeSpan TryTimeout { get; init; } = TimeSpan.FromSeconds(1.5);

    /// <summary>Looks up a host's IPv4 and IPv6 addresses, side by side.</summary>
    public async Task<Resolution> ResolveAsync(string host, CancellationToken cancellationToken = default)
    {
        var started = _time.GetTimestamp();
        var v4 = QueryAsync(host, DnsRecordType.A, cancellationToken);
        var v6 = QueryAsync(host, DnsRecordType.Aaaa, cancellationToken);
        DnsAnswer[] answers = await Task.WhenAll(v4, v6).ConfigureAwait(false);
        // RFC 6724's order is the connector's business; here it is one fixed order, IPv6 first.
        IPAddress[] addresses = [.. answers.Reverse().SelectMany(answer => answer.Records).OfType<AddressRecord>().Select(record => record.Address)];
        var deciding = Decide(answers);
        return new Resolution(
            host,
            deciding.Server?.ToString() ?? string.Join(", ", _servers),
            ToResolution(deciding.Outcome),
            addresses,
            _time.GetElapsedTime(started),
            deciding.Detail ?? answers.FirstOrDefault(answer => answer.Outcome is DnsOutcome.ServerFailed or DnsOutcome.NoAnswer)?.Detail);
    }

    /// <summary>Asks for the records of one type, following aliases to their end.</summary>
    public async Task<DnsAnswer> QueryAsync(string name, DnsRecordType type, CancellationToken cancellationToken = default)
    {
        if (!DnsName.TryParse(name, out var current, out var problem))
            return new DnsAnswer(DnsOutcome.NameDoesNotExist, [], null, $"not a name the DNS can hold: {problem}");
        var aliasOf = "";
        for (var aliases = 0; aliases <= MaxAliases;)
        {
            var (message, server, failure) = await AskServersAsync(current, type, cancellationToken).ConfigureAwait(false);
            if (message is null)
                return failure!;
            var end = FollowAliases(message, current, ref aliases);
            if (end is null)
                break;
            DnsRecord[] records = [.. message.Answers.Where(record => record.Type == type && end.Value.Matches(record.Name))];
            if (records.Length > 0)
                return new DnsAnswer(DnsOutcome.Found, records, server, null);
            var who = end.Value == current ? aliasOf : $" for {end} (alias of {name})";
            if (message.ResponseCode == DnsResponseCode.NameError)
                return new DnsAnswer(DnsOutcome.NameDoesNotExist, [], server, $"NXDOMAIN{who} from {Spoken(server!)}");
            if (end.Value == current)
                return new DnsAnswer(DnsOutcome.NoData, [], server, $"no {TypeName(type)} record{who}, says {Spoken(server!)}");
            // The server left the end of the chain to us.
            aliasOf = who;
            current = end.Value;
        }

        return new DnsAnswer(DnsOutcome.ServerFailed, [], null, $"the aliases of {name} never end, or lead to what is no name");
    }

    private async Task<(DnsMessage? Message, IPEndPoint? Server, DnsAnswer? Failure)> AskServersAsync(
        DnsName name, DnsRecordType type, CancellationToken cancellationToken)
    {
        DnsAnswer? failure = null;
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var server in _servers)
            {
                var reply = await AskWithinTimeAsync(server, name, type, cancellationToken).ConfigureAwait(false);
                if (reply.Message is { } message && IsUsable(message))
                    return (message, server, null);
                var detail = reply.Message is { } refusal ? $"{Refusal(refusal)} from {Spoken(server)}" : $"{reply.Problem} ({Spoken(server)})";
                // A server that answered tells more than one that kept silent, and the first one that did tells what the user's own lookups meet.
                if (failure is null || (failure.Outcome == DnsOutcome.NoAnswer && reply.Answered))
                    failure = new DnsAnswer(reply.Answered ? DnsOutcome.ServerFailed : DnsOutcome.NoAnswer, [], server, detail);
            }
        }

        return (null, null, failure ?? new DnsAnswer(DnsOutcome.NoAnswer, [], null, "no name server is configured on this machine"));
    }

    private async Task<DnsReply> AskWithinTimeAsync(IPEndPoint server, DnsName name, DnsRecordType type, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(TryTimeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            return await DnsExchange.AskAsync(server, name, type, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new DnsReply(null, $"no answer within {TryTimeout.TotalSeconds:0.#} s", Answered: false);
        }
    }

    private static bool IsUsable(DnsMessage message) => message.ResponseCode switch
    {
        DnsResponseCode.NameError => true,
        // A server that neither knows nor asks on (a referral, or nothing) has not said that there is no such record.
        DnsResponseCode.NoError => message.Answers.Count > 0 || message.RecursionAvailable || message.IsAuthoritative,
        _ => false,
    };

    private static string Refusal(DnsMessage message) =>
        message.ResponseCode == DnsResponseCode.NoError ? "no recursion offered, hence no answer," : message.ResponseCode.ToMnemonic();

    /// <summary>Walks the CNAMEs of one answer from the name asked for (RFC 1034, 3.6.2); null where they go on for ever.</summary>
    private static DnsName? FollowAliases(DnsMessage message, DnsName name, ref int aliases)
    {
        while (message.Answers.OfType<AliasRecord>().FirstOrDefault(alias => name.Matches(alias.Name)) is { } alias)
        {
            if (++aliases > MaxAliases || !DnsName.TryParse(alias.Target, out name, out _))
                return null;
        }

        return name;
    }

    private static DnsAnswer Decide(DnsAnswer[] answers)
    {
        // Some broken servers say NXDOMAIN for AAAA where only A exists (RFC 4074, 4.2): an address found is what counts. A failure of either leaves it open.
        DnsOutcome[] order = [DnsOutcome.Found, DnsOutcome.NameDoesNotExist, DnsOutcome.ServerFailed, DnsOutcome.NoAnswer, DnsOutcome.NoData];
        return answers.MinBy(answer => Array.IndexOf(order, answer.Outcome))!;
    }

    private static ResolutionOutcome ToResolution(DnsOutcome outcome) => outcome switch
    {
        DnsOutcome.Found => ResolutionOutcome.Found,
        DnsOutcome.NameDoesNotExist => ResolutionOutcome.NameDoesNotExist,
        DnsOutcome.NoData => ResolutionOutcome.NoAddress,
        DnsOutcome.ServerFailed => ResolutionOutcome.ServerFailed,
        _ => ResolutionOutcome.NoAnswer,
    };

    private static string Spoken(IPEndPoint server) => server.Port == NameServers.Port ? server.Address.ToString() : server.ToString();

    private static string TypeName(DnsRecordType type) => type.ToString().ToUpperInvariant();
}
