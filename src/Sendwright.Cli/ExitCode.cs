using Sendwright.Diagnosis;

namespace Sendwright.Cli;

/// <summary>What the tool tells the shell.</summary>
internal static class ExitCode
{
    public const int Ok = 0;
    public const int Fault = 1;
    public const int Usage = 2;
    public const int Undecided = 3;

    public static int Of(Verdict verdict) => verdict switch
    {
        Verdict.Healthy => Ok,
        Verdict.Fault => Fault,
        _ => Undecided,
    };
}
