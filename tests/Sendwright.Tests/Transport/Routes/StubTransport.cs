using Sendwright.Diagnosis;
using Sendwright.Evidence;
using Sendwright.Smtp.Wire;
using Sendwright.Transport;

namespace Sendwright.Tests.Transport.Routes;

/// <summary>Does what a test says, and counts what it was given.</summary>
internal sealed class StubTransport : IMailTransport, IAsyncDisposable
{
    private int _asked;

    public Func<CancellationToken, Task<DeliveryReceipt>> Answer { get; set; } = _ => Task.FromResult(Receipt);

    public int Asked => Volatile.Read(ref _asked);

    public int Disposed { get; private set; }

    public static DeliveryReceipt Receipt { get; } = new() { Reply = new SmtpReply(250, "ok"), Recipients = [], Server = "127.0.0.1:25" };

    public static StubTransport Accepting() => new();

    public static StubTransport Failing(string? code, FaultKind kind = FaultKind.Refused, MailStage stage = MailStage.Greeting, RetryAdvice? retry = null) =>
        new() { Answer = _ => throw Failure(code, kind, stage, retry) };

    public static MailException Failure(string? code, FaultKind kind = FaultKind.Refused, MailStage stage = MailStage.Greeting, RetryAdvice? retry = null)
    {
        var finding = code is null ? null : new Finding { Code = code, Certainty = Certainty.Certain, Stage = stage, Title = $"It is {code}.", Explanation = "" };
        return new MailRefusedException(
            new DeliveryFailure { Stage = stage, Kind = kind, Message = "It failed.", FaultCode = code, Server = "127.0.0.1:25", Retry = retry ?? RetryAdvice.WhenFixed },
            new DiagnosisReport { Verdict = Verdict.Fault, Findings = finding is null ? [] : [finding], Evidence = new DiagnosisEvidence { Attempts = [new Attempt { Host = code }] } },
            null);
    }

    public Task<DeliveryReceipt> SendAsync(Envelope envelope, IMessageContent content, CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref _asked);
        return Answer(cancellationToken);
    }

    public ValueTask DisposeAsync()
    {
        Disposed++;
        return ValueTask.CompletedTask;
    }
}
