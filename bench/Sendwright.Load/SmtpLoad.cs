using System.Globalization;
using Sendwright.Transport;

namespace Sendwright.Load;

/// <summary>Sends messages as an application does: many callers, each awaiting its own receipt, over one mailer.</summary>
internal sealed class SmtpLoad(SmtpLoadPlan plan, TimeProvider clock)
{
    private readonly ReceiptCheck _receipts = new(plan.ChecksReplies);
    private readonly Func<IMailer, int, CancellationToken, Task<DeliveryReceipt>> _send = SenderFor(plan);

    /// <summary>Sends them all and measures the part behind the warm-up. Closing the connections is not in it.</summary>
    /// <exception cref="LoadFailedException">A message was not sent, or a receipt is wrong.</exception>
    public async Task<LoadResult> RunAsync(CancellationToken cancellationToken)
    {
        IMailTransport transport = new SmtpTransport(plan.Settings, clock);
        try
        {
            var mailer = new Mailer(transport, clock);
            await SendAsync(mailer, 0, plan.WarmUp, cancellationToken);
            var watch = LoadWatch.Start(clock);
            await SendAsync(mailer, plan.WarmUp, plan.Messages, cancellationToken);
            return watch.Stop(plan.Messages) with { Receipts = _receipts.Accepted };
        }
        finally
        {
            if (transport is IAsyncDisposable kept)
                await kept.DisposeAsync();
        }
    }

    private static Func<IMailer, int, CancellationToken, Task<DeliveryReceipt>> SenderFor(SmtpLoadPlan plan)
    {
        if (plan.Composes)
        {
            var messages = new LoadMessages(plan.Size);
            return (mailer, number, cancellationToken) => mailer.SendAsync(messages.Create(number), cancellationToken);
        }

        var message = ReadyMadeMessage.OfSize(plan.Size);
        var sender = new EmailAddress("shop@example.com");
        return (mailer, number, cancellationToken) =>
            mailer.SendAsync(message, new Envelope { Sender = sender, Recipients = [new EmailAddress(LoadRecipient.AddressOf(number))] }, cancellationToken);
    }

    private async Task SendAsync(Mailer mailer, int first, int count, CancellationToken cancellationToken)
    {
        var taken = first - 1;
        Exception? failure = null;
        await Task.WhenAll(Enumerable.Range(0, Math.Min(plan.Concurrency, count)).Select(_ => Task.Run(CallAsync, cancellationToken)));
        if (failure is not null)
            throw new LoadFailedException(string.Create(CultureInfo.InvariantCulture, $"After {_receipts.Accepted} right receipts: {failure.Message}"), failure);

        async Task CallAsync()
        {
            // The first failure ends the run: a rate in which failures count as work would say nothing.
            while (Volatile.Read(ref failure) is null && Interlocked.Increment(ref taken) is var number && number < first + count)
            {
                try
                {
                    _receipts.Take(number, await _send(mailer, number, cancellationToken));
                }
                catch (Exception e) when (e is MailException or LoadFailedException)
                {
                    Interlocked.CompareExchange(ref failure, e, null);
                }
            }
        }
    }
}
