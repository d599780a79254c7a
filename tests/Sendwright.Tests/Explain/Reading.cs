using Sendwright.Doctor.Explain;
using Sendwright.Evidence;

namespace Sendwright.Tests.Explain;

/// <summary>Short ways to what a test asks of a text.</summary>
internal static class Reading
{
    public static Attempt AttemptIn(string text)
    {
        var attempt = Assert.Single(ErrorTextReader.Read(text).Attempts);
        Assert.Equal(FactSource.Reported, attempt.Source);
        return attempt;
    }

    public static AttemptFault FaultIn(string text)
    {
        var fault = AttemptIn(text).Fault;
        Assert.NotNull(fault);
        Assert.NotEmpty(fault.Message);
        return fault;
    }

    /// <summary>The fault as <c>Kind at Stage: reply</c>.</summary>
    public static string Told(string text)
    {
        var fault = FaultIn(text);
        return fault.Reply is { } reply ? $"{fault.Kind} at {fault.Stage}: {reply}" : $"{fault.Kind} at {fault.Stage}";
    }

    public static void TellsNothing(string text)
    {
        var evidence = ErrorTextReader.Read(text);
        Assert.Empty(evidence.Attempts);
        Assert.Empty(evidence.Statements);
        Assert.Null(evidence.Settings);
    }
}
