using System.Net;
using Sendwright.Doctor.Dns;
using Sendwright.Evidence;

namespace Sendwright.Tests.Dns;

public sealed class StubResolverTests
{
    private const int A = 1;
    private const int Aaaa = 28;
    private const int ServerFailure = 2;
    private const int NameError = 3;
    private const int Refused = 5;

    // Silence is the only answer that takes time; where a server does answer, the limit is far away so that a busy machine fails no test.
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(40);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Finds_the_addresses_of_both_families()
    {
        await using var server = new ScriptedDnsServer(query => DnsAnswerBytes.TypeOf(query) == A
            ? DnsAnswerBytes.To(query).Address("192.0.2.25").Address("192.0.2.26")
            : DnsAnswerBytes.To(query).Address("2001:db8::25"));

        var found = await Asking(server).ResolveAsync("smtp.example.com", Token);

        Assert.Equal(ResolutionOutcome.Found, found.Outcome);
        Assert.Equal(["2001:db8::25", "192.0.2.25", "192.0.2.26"], found.Addresses.Select(address => address.ToString()));
        Assert.Equal(server.EndPoint.ToString(), found.Resolver);
        Assert.Null(found.Detail);
    }

    [Fact]
    public async Task Says_that_a_name_does_not_exist_and_who_says_so()
    {
        await using var server = new ScriptedDnsServer(query => DnsAnswerBytes.To(query, NameError));

        var found = await Asking(server).ResolveAsync("smpt.example.com", Token);

        Assert.Equal(ResolutionOutcome.NameDoesNotExist, found.Outcome);
        Assert.Equal($"NXDOMAIN from {server.EndPoint}", found.Detail);
    }

    [Fact]
    public async Task Tells_a_name_without_addresses_from_one_that_does_not_exist()
    {
        await using var server = new ScriptedDnsServer(query => DnsAnswerBytes.To(query));

        Assert.Equal(ResolutionOutcome.NoAddress, (await Asking(server).ResolveAsync("example.com", Token)).Outcome);
    }

    [Theory]
    [InlineData(ServerFailure, "SERVFAIL")]
    [InlineData(Refused, "REFUSED")]
    [InlineData(9, "RCODE 9")]
    public async Task A_server_that_fails_leaves_open_whether_the_name_exists(int rcode, string mnemonic)
    {
        await using var server = new ScriptedDnsServer(query => DnsAnswerBytes.To(query, rcode));

        var found = await Asking(server).ResolveAsync("smtp.example.com", Token);

        Assert.Equal(ResolutionOutcome.ServerFailed, found.Outcome);
        Assert.Equal($"{mnemonic} from {server.EndPoint}", found.Detail);
    }

    [Fact]
    public async Task A_refusal_without_the_question_is_still_an_answer()
    {
        await using var server = new ScriptedDnsServer(query => DnsAnswerBytes.To(query, Refused).WithoutQuestion());

        Assert.Equal($"REFUSED from {server.EndPoint}", (await Asking(server).ResolveAsync("smtp.example.com", Token)).Detail);
    }

    [Fact]
    public async Task A_server_that_offers_no_recursion_has_not_said_that_there_is_no_address()
    {
        await using var server = new ScriptedDnsServer(query => DnsAnswerBytes.To(query).Flag(clear: 0x0080));

        var found = await Asking(server).ResolveAsync("smtp.example.com", Token);

        Assert.Equal(ResolutionOutcome.ServerFailed, found.Outcome);
        Assert.Contains("no recursion", found.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_silent_server_is_asked_twice_and_then_named()
    {
        await using var server = new ScriptedDnsServer((_, _) => []);
        var resolver = new StubResolver([server.EndPoint], TimeProvider.System) { TryTimeout = Soon };

        var answer = await resolver.QueryAsync("smtp.example.com", DnsRecordType.A, Token);

        Assert.Equal(DnsOutcome.NoAnswer, answer.Outcome);
        Assert.Contains(server.EndPoint.ToString(), answer.Detail, StringComparison.Ordinal);
        Assert.Equal(2, server.Questions.Count);
    }

    [Fact]
    public async Task A_port_where_nothing_listens_is_known_without_waiting()
    {
        IPEndPoint gone;
        await using (var server = new ScriptedDnsServer((_, _) => []))
            gone = server.EndPoint;
        var resolver = new StubResolver([gone], TimeProvider.System) { TryTimeout = TimeSpan.FromMinutes(1) };

        var found = await resolver.ResolveAsync("smtp.example.com", Token);

        Assert.Equal(ResolutionOutcome.NoAnswer, found.Outcome);
        Assert.Contains("nothing listens", found.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_any_server_says_so()
    {
        var found = await new StubResolver([], TimeProvider.System).ResolveAsync("smtp.example.com", Token);

        Assert.Equal(ResolutionOutcome.NoAnswer, found.Outcome);
        Assert.Contains("no name server", found.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Asks_the_next_server_when_one_fails()
    {
        await using var failing = new ScriptedDnsServer(query => DnsAnswerBytes.To(query, ServerFailure));
        await using var working = new ScriptedDnsServer(query => DnsAnswerBytes.To(query).Address("192.0.2.25"));
        var resolver = new StubResolver([failing.EndPoint, working.EndPoint], TimeProvider.System) { TryTimeout = TimeSpan.FromMinutes(1) };

        var answer = await resolver.QueryAsync("smtp.example.com", DnsRecordType.A, Token);

        Assert.Equal(DnsOutcome.Found, answer.Outcome);
        Assert.Equal(working.EndPoint, answer.Server);
    }

    [Fact]
    public async Task A_server_that_spoke_tells_more_than_one_that_kept_silent()
    {
        await using var silent = new ScriptedDnsServer((_, _) => []);
        await using var failing = new ScriptedDnsServer(query => DnsAnswerBytes.To(query, ServerFailure));
        var resolver = new StubResolver([silent.EndPoint, failing.EndPoint], TimeProvider.System) { TryTimeout = TimeSpan.FromSeconds(1) };

        var answer = await resolver.QueryAsync("smtp.example.com", DnsRecordType.A, Token);

        Assert.Equal($"SERVFAIL from {failing.EndPoint}", answer.Detail);
    }

    [Fact]
    public async Task A_truncated_answer_is_asked_for_again_over_TCP()
    {
        await using var server = new ScriptedDnsServer((query, overTcp) => [overTcp
            ? DnsAnswerBytes.To(query).Address("192.0.2.25").ToArray()
            : DnsAnswerBytes.To(query).Flag(set: 0x0200).ToArray()]);

        var answer = await Asking(server).QueryAsync("smtp.example.com", DnsRecordType.A, Token);

        Assert.Equal("192.0.2.25", Assert.Single(answer.Records.OfType<AddressRecord>()).Address.ToString());
        Assert.Equal([false, true], server.Questions.Select(question => question.OverTcp));
    }

    [Fact]
    public async Task A_truncated_answer_may_break_off_in_mid_record()
    {
        await using var server = new ScriptedDnsServer((query, overTcp) => [overTcp
            ? DnsAnswerBytes.To(query).Address("192.0.2.25").ToArray()
            : DnsAnswerBytes.To(query).Flag(set: 0x0200).Address("192.0.2.99").ToArray()[..^3]]);

        Assert.Equal(DnsOutcome.Found, (await Asking(server).QueryAsync("smtp.example.com", DnsRecordType.A, Token)).Outcome);
    }

    [Fact]
    public async Task A_TCP_connection_that_breaks_off_is_a_failing_server()
    {
        await using var server = new ScriptedDnsServer((query, overTcp) => overTcp ? [] : [DnsAnswerBytes.To(query).Flag(set: 0x0200)]);

        var answer = await Asking(server).QueryAsync("smtp.example.com", DnsRecordType.A, Token);

        Assert.Equal(DnsOutcome.ServerFailed, answer.Outcome);
    }

    [Fact]
    public async Task An_answer_with_another_id_is_passed_over()
    {
        await using var server = new ScriptedDnsServer((query, _) =>
        [
            DnsAnswerBytes.To(query).Id((ushort)((query[0] << 8 | query[1]) ^ 1)).Address("203.0.113.66"),
            DnsAnswerBytes.To(query).Address("192.0.2.25"),
        ]);

        var answer = await Asking(server).QueryAsync("smtp.example.com", DnsRecordType.A, Token);

        Assert.Equal("192.0.2.25", Assert.Single(answer.Records.OfType<AddressRecord>()).Address.ToString());
    }

    [Fact]
    public async Task An_answer_to_another_question_is_passed_over()
    {
        await using var server = new ScriptedDnsServer((query, _) =>
        {
            var other = query.ToArray();
            other[13] ^= 0x01;
            return [DnsAnswerBytes.To(other).Address("203.0.113.66"), DnsAnswerBytes.To(query).Address("192.0.2.25")];
        });

        var answer = await Asking(server).QueryAsync("smtp.example.com", DnsRecordType.A, Token);

        Assert.Equal("192.0.2.25", Assert.Single(answer.Records.OfType<AddressRecord>()).Address.ToString());
    }

    [Fact]
    public async Task A_broken_answer_is_a_failing_server()
    {
        await using var server = new ScriptedDnsServer(query => DnsAnswerBytes.To(query).Raw([0xC0, 0xFF], A, [192, 0, 2, 25], 4));

        var answer = await Asking(server).QueryAsync("smtp.example.com", DnsRecordType.A, Token);

        Assert.Equal(DnsOutcome.ServerFailed, answer.Outcome);
        Assert.Contains("broken answer", answer.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Follows_a_chain_of_aliases_within_one_answer()
    {
        await using var server = new ScriptedDnsServer(query => DnsAnswerBytes.To(query)
            .Alias("b.example.net").Alias("C.example.net", owner: "b.example.net").Address("192.0.2.25", owner: "c.EXAMPLE.net"));

        var answer = await Asking(server).QueryAsync("a.example.com", DnsRecordType.A, Token);

        Assert.Equal(DnsOutcome.Found, answer.Outcome);
        Assert.Single(server.Questions);
    }

    [Fact]
    public async Task Asks_on_for_an_alias_that_the_server_did_not_follow()
    {
        await using var server = new ScriptedDnsServer(query => DnsAnswerBytes.NameOf(query) == "a.example.com"
            ? DnsAnswerBytes.To(query).Alias("b.example.net")
            : DnsAnswerBytes.To(query).Address("192.0.2.25"));

        Assert.Equal(DnsOutcome.Found, (await Asking(server).QueryAsync("a.example.com", DnsRecordType.A, Token)).Outcome);
    }

    [Fact]
    public async Task Names_the_alias_that_leads_nowhere()
    {
        await using var server = new ScriptedDnsServer(query => DnsAnswerBytes.To(query, NameError).Alias("gone.example.net"));

        var answer = await Asking(server).QueryAsync("a.example.com", DnsRecordType.A, Token);

        Assert.Equal(DnsOutcome.NameDoesNotExist, answer.Outcome);
        Assert.Contains("gone.example.net (alias of a.example.com)", answer.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Aliases_in_a_circle_end()
    {
        await using var server = new ScriptedDnsServer(query => DnsAnswerBytes.To(query)
            .Alias("b.example.com").Alias("a.example.com", owner: "b.example.com"));

        var answer = await Asking(server).QueryAsync("a.example.com", DnsRecordType.A, Token);

        Assert.Equal(DnsOutcome.ServerFailed, answer.Outcome);
        Assert.Contains("never end", answer.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Records_of_other_names_are_not_taken_for_the_answer()
    {
        await using var server = new ScriptedDnsServer(query => DnsAnswerBytes.To(query).Address("203.0.113.66", owner: "other.example.com"));

        Assert.Equal(DnsOutcome.NoData, (await Asking(server).QueryAsync("a.example.com", DnsRecordType.A, Token)).Outcome);
    }

    [Fact]
    public async Task An_address_counts_though_the_server_denies_the_name_for_the_other_family()
    {
        await using var server = new ScriptedDnsServer(query => DnsAnswerBytes.TypeOf(query) == Aaaa
            ? DnsAnswerBytes.To(query, NameError)
            : DnsAnswerBytes.To(query).Address("192.0.2.25"));

        Assert.Equal(ResolutionOutcome.Found, (await Asking(server).ResolveAsync("smtp.example.com", Token)).Outcome);
    }

    [Fact]
    public async Task A_failure_for_one_family_is_told_beside_the_addresses_of_the_other()
    {
        await using var server = new ScriptedDnsServer(query => DnsAnswerBytes.TypeOf(query) == Aaaa
            ? DnsAnswerBytes.To(query, ServerFailure)
            : DnsAnswerBytes.To(query).Address("192.0.2.25"));

        var found = await Asking(server).ResolveAsync("smtp.example.com", Token);

        Assert.Equal(ResolutionOutcome.Found, found.Outcome);
        Assert.Equal($"SERVFAIL from {server.EndPoint}", found.Detail);
    }

    [Fact]
    public async Task Asks_without_EDNS_where_the_server_cannot_bear_it()
    {
        await using var server = new ScriptedDnsServer(query => query[11] == 1
            ? DnsAnswerBytes.To(query, rcode: 1)
            : DnsAnswerBytes.To(query).Address("192.0.2.25"));

        Assert.Equal(DnsOutcome.Found, (await Asking(server).QueryAsync("smtp.example.com", DnsRecordType.A, Token)).Outcome);
    }

    [Fact]
    public async Task Asks_for_an_international_name_in_A_labels()
    {
        await using var server = new ScriptedDnsServer(query => DnsAnswerBytes.To(query).Address("192.0.2.25"));

        var answer = await Asking(server).QueryAsync("smtp.Bücher.example", DnsRecordType.A, Token);

        Assert.Equal(DnsOutcome.Found, answer.Outcome);
        Assert.Equal("smtp.xn--bcher-kva.example", DnsAnswerBytes.NameOf(Assert.Single(server.Questions).Query));
    }

    [Theory]
    [InlineData("smtp..example.com", "two dots")]
    [InlineData("smtp.example.com:587", "':'")]
    [InlineData("smtp.example.com ", "blank")]
    [InlineData("", "at least one label")]
    public async Task What_cannot_be_a_name_is_never_asked_for(string name, string why)
    {
        await using var server = new ScriptedDnsServer(query => DnsAnswerBytes.To(query).Address("192.0.2.25"));

        var found = await Asking(server).ResolveAsync(name, Token);

        Assert.Equal(ResolutionOutcome.NameDoesNotExist, found.Outcome);
        Assert.Contains(why, found.Detail, StringComparison.Ordinal);
        Assert.Empty(server.Questions);
    }

    [Fact]
    public async Task The_caller_can_end_the_wait()
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(Token);
        await using var server = new ScriptedDnsServer((_, _) =>
        {
            ended.Cancel();
            return [];
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Asking(server).ResolveAsync("smtp.example.com", ended.Token));
    }

    private static StubResolver Asking(ScriptedDnsServer server) => new([server.EndPoint], TimeProvider.System) { TryTimeout = TimeSpan.FromMinutes(1) };
}
