using Sendwright.Diagnosis;
using Sendwright.Evidence;
using Sendwright.Mime;
using Sendwright.Settings;
using Sendwright.Testing;
using Sendwright.Tests.Smtp;
using Sendwright.Transport;

namespace Sendwright.Tests.Transport.Routes;

public sealed class FailoverTransportTests
{
    private static readonly Envelope ToBob = new() { Sender = "ann@example.com", Recipients = ["bob@example.net"] };

    private static readonly IMessageContent Content = new MimeComposer(TimeProvider.System).Compose(Sending.Message);

    private readonly ManualTimeProvider _clock = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static MailRoute Route(string name, IMailTransport transport, int order = 0) => new() { Name = name, Transport = transport, Order = order };

    private static Task<DeliveryReceipt> SendAsync(FailoverTransport transport, Envelope? envelope = null) => transport.SendAsync(envelope ?? ToBob, Content, Cancellation);

    private FailoverTransport Over(params MailRoute[] routes) => new(routes, _clock, new Random(7));

    private FailoverTransport PrimaryAndBackup(IMailTransport primary, IMailTransport backup) => Over(Route("backup", backup, order: 1), Route("primary", primary));

    [Fact]
    public async Task The_lowest_order_takes_the_message_and_the_receipt_names_it()
    {
        var backup = StubTransport.Accepting();
        await using var transport = PrimaryAndBackup(StubTransport.Accepting(), backup);

        var receipt = await SendAsync(transport);

        Assert.Equal("primary", receipt.Route);
        Assert.Empty(receipt.OtherRoutes);
        Assert.Equal(0, backup.Asked);
    }

    [Fact]
    public async Task What_another_route_can_cure_goes_there_and_the_receipt_says_what_happened_before()
    {
        await using var transport = PrimaryAndBackup(StubTransport.Failing(FaultCodes.ConnectionRefused, FaultKind.ConnectionRefused, MailStage.Connect), StubTransport.Accepting());

        var receipt = await SendAsync(transport);

        Assert.Equal("backup", receipt.Route);
        var before = Assert.Single(receipt.OtherRoutes);
        Assert.Equal(("primary", FaultCodes.ConnectionRefused), (before.Route, before.FaultCode));
    }

    [Fact]
    public async Task What_no_other_route_cures_has_failed_and_the_failure_names_its_route()
    {
        var backup = StubTransport.Accepting();
        await using var transport = PrimaryAndBackup(StubTransport.Failing(FaultCodes.RecipientRejected, stage: MailStage.Recipient, retry: RetryAdvice.Never), backup);

        var failure = await Assert.ThrowsAsync<MailRefusedException>(() => SendAsync(transport));

        Assert.Equal(0, backup.Asked);
        Assert.Equal(("primary", FaultCodes.RecipientRejected, RetryAdvice.Never), (failure.Failure.Route, failure.Failure.FaultCode, failure.Failure.Retry));
        Assert.StartsWith("Route primary, 127.0.0.1:25: ", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_all_fail_the_route_that_should_have_taken_it_is_shown_first_with_every_diagnosis_behind()
    {
        await using var transport = PrimaryAndBackup(
            StubTransport.Failing(FaultCodes.AuthBadCredentials, stage: MailStage.Auth),
            StubTransport.Failing(FaultCodes.ServerBusy, retry: RetryAdvice.Later(TimeSpan.FromMinutes(5))));

        var failure = await Assert.ThrowsAsync<MailRefusedException>(() => SendAsync(transport));

        Assert.Equal(("primary", FaultCodes.AuthBadCredentials), (failure.Failure.Route, failure.Failure.FaultCode));
        Assert.Equal(["backup"], failure.Failure.OtherRoutes.Select(other => other.Route));
        Assert.Equal([FaultCodes.AuthBadCredentials, FaultCodes.ServerBusy], failure.Diagnosis.Findings.Select(finding => finding.Code));
        Assert.StartsWith("Route backup: ", failure.Diagnosis.Findings[1].Title, StringComparison.Ordinal);
        Assert.Equal([FaultCodes.AuthBadCredentials, FaultCodes.ServerBusy], failure.Diagnosis.Evidence.Attempts.Select(attempt => attempt.Host));
        Assert.Contains("Also tried: backup, 127.0.0.1:25: It failed. [server-busy]", failure.Message, StringComparison.Ordinal);
        // The backup may be back in five minutes, whoever mends the primary's password.
        Assert.Equal(RetryAdvice.Later(TimeSpan.FromMinutes(5)), failure.Failure.Retry);
        Assert.True(failure.Failure.IsTransient);
    }

    [Fact]
    public async Task The_route_that_ended_the_search_is_shown_first()
    {
        await using var transport = PrimaryAndBackup(
            StubTransport.Failing(FaultCodes.ServerBusy, retry: RetryAdvice.Now), StubTransport.Failing(FaultCodes.RecipientRejected, stage: MailStage.Recipient, retry: RetryAdvice.Never));

        var failure = await Assert.ThrowsAsync<MailRefusedException>(() => SendAsync(transport));

        Assert.Equal(("backup", FaultCodes.RecipientRejected, RetryAdvice.Never), (failure.Failure.Route, failure.Failure.FaultCode, failure.Failure.Retry));
        Assert.Equal(["primary"], failure.Failure.OtherRoutes.Select(other => other.Route));
    }

    [Fact]
    public async Task A_route_that_failed_is_passed_over_until_one_message_finds_it_back()
    {
        var primary = StubTransport.Failing(FaultCodes.ServerBusy);
        var backup = StubTransport.Accepting();
        await using var transport = PrimaryAndBackup(primary, backup);

        await SendAsync(transport);
        for (var i = 0; i < 10; i++)
            await SendAsync(transport);
        Assert.Equal((1, 11), (primary.Asked, backup.Asked));

        _clock.Advance(TimeSpan.FromSeconds(5));
        await SendAsync(transport);
        await SendAsync(transport);
        Assert.Equal((2, 13), (primary.Asked, backup.Asked));

        _clock.Advance(TimeSpan.FromSeconds(10));
        primary.Answer = _ => Task.FromResult(StubTransport.Receipt);
        Assert.Equal("primary", (await SendAsync(transport)).Route);
        Assert.Equal("primary", (await SendAsync(transport)).Route);
        Assert.Equal(13, backup.Asked);
    }

    [Fact]
    public async Task While_one_message_probes_a_route_the_others_go_elsewhere()
    {
        var primary = StubTransport.Failing(FaultCodes.ServerBusy);
        var backup = StubTransport.Accepting();
        await using var transport = PrimaryAndBackup(primary, backup);
        await SendAsync(transport);
        _clock.Advance(TimeSpan.FromSeconds(5));
        var probed = new TaskCompletionSource<DeliveryReceipt>(TaskCreationOptions.RunContinuationsAsynchronously);
        primary.Answer = _ => probed.Task;

        var probe = SendAsync(transport);
        var others = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => SendAsync(transport)));

        Assert.All(others, receipt => Assert.Equal("backup", receipt.Route));
        Assert.Equal(2, primary.Asked);
        probed.SetResult(StubTransport.Receipt);
        Assert.Equal("primary", (await probe).Route);
        Assert.Equal("primary", (await SendAsync(transport)).Route);
    }

    [Fact]
    public async Task A_message_that_no_other_route_takes_is_tried_on_those_that_are_set_aside()
    {
        var primary = StubTransport.Failing(FaultCodes.ServerBusy);
        var backup = StubTransport.Failing(FaultCodes.ServerBusy);
        await using var transport = PrimaryAndBackup(primary, backup);
        await Assert.ThrowsAsync<MailRefusedException>(() => SendAsync(transport));

        primary.Answer = _ => Task.FromResult(StubTransport.Receipt);

        Assert.Equal("primary", (await SendAsync(transport)).Route);
    }

    [Fact]
    public async Task Where_all_are_down_each_is_tried_once_a_message()
    {
        var primary = StubTransport.Failing(FaultCodes.ServerBusy);
        var backup = StubTransport.Failing(FaultCodes.ServerBusy);
        await using var transport = PrimaryAndBackup(primary, backup);

        for (var i = 0; i < 3; i++)
        {
            var failure = await Assert.ThrowsAsync<MailRefusedException>(() => SendAsync(transport));
            Assert.Single(failure.Failure.OtherRoutes);
        }

        Assert.Equal((3, 3), (primary.Asked, backup.Asked));
    }

    [Fact]
    public async Task A_sender_that_one_account_may_not_use_moves_and_leaves_the_route_in_use()
    {
        var primary = StubTransport.Failing(FaultCodes.SenderNotAllowed, stage: MailStage.Sender);
        await using var transport = PrimaryAndBackup(primary, StubTransport.Accepting());

        Assert.Equal("backup", (await SendAsync(transport)).Route);
        Assert.Equal("backup", (await SendAsync(transport)).Route);

        Assert.Equal(2, primary.Asked);
    }

    [Fact]
    public async Task An_unknown_outcome_is_never_sent_again_and_keeps_other_messages_from_the_same_end()
    {
        var primary = new StubTransport { Answer = _ => throw StubTransport.Failure(FaultCodes.OutcomeUnknown, FaultKind.OutcomeUnknown, MailStage.EndOfData) };
        var backup = StubTransport.Accepting();
        await using var transport = PrimaryAndBackup(primary, backup);

        var failure = await Assert.ThrowsAnyAsync<MailException>(() => SendAsync(transport));
        Assert.Equal((0, FaultCodes.OutcomeUnknown), (backup.Asked, failure.Failure.FaultCode));

        Assert.Equal("backup", (await SendAsync(transport)).Route);
    }

    [Fact]
    public async Task A_message_of_broken_content_ends_there_and_says_nothing_about_the_route()
    {
        var primary = StubTransport.Failing(FaultCodes.BareNewline, FaultKind.ContentNotCanonical, MailStage.Data);
        var backup = StubTransport.Accepting();
        await using var transport = PrimaryAndBackup(primary, backup);

        await Assert.ThrowsAnyAsync<MailException>(() => SendAsync(transport));
        primary.Answer = _ => Task.FromResult(StubTransport.Receipt);

        Assert.Equal("primary", (await SendAsync(transport)).Route);
        Assert.Equal(0, backup.Asked);
    }

    [Fact]
    public async Task A_caller_who_cancels_is_tried_on_no_other_route()
    {
        using var caller = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var backup = StubTransport.Accepting();
        var primary = new StubTransport
        {
            Answer = async token =>
            {
                await caller.CancelAsync();
                token.ThrowIfCancellationRequested();
                return StubTransport.Receipt;
            },
        };
        await using var transport = PrimaryAndBackup(primary, backup);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => transport.SendAsync(ToBob, Content, caller.Token));

        Assert.Equal(0, backup.Asked);
        primary.Answer = _ => Task.FromResult(StubTransport.Receipt);
        Assert.Equal("primary", (await SendAsync(transport)).Route);
    }

    [Fact]
    public async Task A_caller_who_cancels_between_two_routes_has_cancelled()
    {
        using var caller = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var backup = StubTransport.Accepting();
        var primary = new StubTransport
        {
            Answer = async _ =>
            {
                await caller.CancelAsync();
                throw StubTransport.Failure(FaultCodes.ServerBusy);
            },
        };
        await using var transport = PrimaryAndBackup(primary, backup);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => transport.SendAsync(ToBob, Content, caller.Token));

        Assert.Equal(0, backup.Asked);
    }

    [Fact]
    public async Task An_exception_of_the_message_itself_passes_as_it_is()
    {
        var backup = StubTransport.Accepting();
        await using var transport = PrimaryAndBackup(new StubTransport { Answer = _ => throw new InvalidDataException("gone") }, backup);

        await Assert.ThrowsAsync<InvalidDataException>(() => SendAsync(transport));

        Assert.Equal(0, backup.Asked);
    }

    [Fact]
    public async Task Routes_of_the_same_order_share_the_messages_by_their_weights()
    {
        var (large, small) = (StubTransport.Accepting(), StubTransport.Accepting());
        await using var transport = Over(
            new MailRoute { Name = "large", Transport = large, Weight = 9 }, new MailRoute { Name = "small", Transport = small, Weight = 1 }, Route("last", StubTransport.Accepting(), order: 1));

        for (var i = 0; i < 2000; i++)
            await SendAsync(transport);

        // 200 expected, six standard deviations of 13 to either side; the seed makes it the same each time.
        Assert.InRange(small.Asked, 120, 280);
        Assert.Equal(2000, large.Asked + small.Asked);
    }

    [Fact]
    public async Task The_share_of_a_route_that_is_set_aside_goes_to_its_equals_before_a_higher_order()
    {
        var last = StubTransport.Accepting();
        await using var transport = Over(Route("down", StubTransport.Failing(FaultCodes.ServerBusy)), Route("up", StubTransport.Accepting()), Route("last", last, order: 1));

        for (var i = 0; i < 50; i++)
            Assert.Equal("up", (await SendAsync(transport)).Route);

        Assert.Equal(0, last.Asked);
    }

    [Fact]
    public async Task A_message_goes_only_where_the_conditions_hold()
    {
        await using var transport = Over(
            new MailRoute { Name = "internal", Transport = StubTransport.Accepting(), When = new RouteCondition { RecipientDomain = "example.net" } },
            Route("outside", StubTransport.Accepting(), order: 1));

        Assert.Equal("internal", (await SendAsync(transport)).Route);
        Assert.Equal("outside", (await SendAsync(transport, ToBob with { Recipients = ["bob@example.net", "cleo@example.org"] })).Route);
    }

    [Fact]
    public async Task A_message_that_no_route_is_for_fails_by_name_of_what_it_is()
    {
        await using var transport = Over(new MailRoute { Name = "billing", Transport = StubTransport.Accepting(), When = new RouteCondition { Sender = "billing@example.com" } });

        var failure = await Assert.ThrowsAsync<MailConfigurationException>(() => SendAsync(transport));

        Assert.Equal(FaultCodes.ConfigMissing, failure.Failure.FaultCode);
        Assert.Contains("No route takes a message from ann@example.com to example.net", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Add a route without When", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Disposing_disposes_each_transport_once_and_takes_no_more_messages()
    {
        var shared = StubTransport.Accepting();
        var own = StubTransport.Accepting();
        var transport = Over(Route("one", shared), Route("two", shared), Route("three", own));

        await transport.DisposeAsync();
        await transport.DisposeAsync();

        Assert.Equal((1, 1), (shared.Disposed, own.Disposed));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => SendAsync(transport));
    }

    [Fact]
    public void Routes_need_names_of_their_own()
    {
        Assert.Throws<ArgumentException>(() => Over());
        Assert.Contains("EU", Assert.Throws<ArgumentException>(() => Over(Route("EU", StubTransport.Accepting()), Route("eu", StubTransport.Accepting()))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Route("a b", StubTransport.Accepting()));
        Assert.Throws<ArgumentException>(() => Route("a\r\nb", StubTransport.Accepting()));
        Assert.Throws<ArgumentException>(() => Route("", StubTransport.Accepting()));
        Assert.Throws<ArgumentException>(() => Route(new string('a', 65), StubTransport.Accepting()));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1001)]
    public void A_weight_outside_its_range_is_refused(int weight)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new MailRoute { Name = "a", Transport = StubTransport.Accepting(), Weight = weight });
    }
}
