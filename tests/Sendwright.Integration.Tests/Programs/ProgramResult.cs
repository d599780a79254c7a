namespace Sendwright.Integration.Tests.Programs;

/// <summary>What a program left behind.</summary>
internal sealed record ProgramResult(int ExitCode, string Output, string Errors, TimeSpan Elapsed)
{
    /// <summary>Everything it wrote, for searches that must not miss a stream.</summary>
    public string Everything => Output + "\n" + Errors;

    /// <summary>The result itself where the program succeeded; a failure with its words otherwise.</summary>
    public ProgramResult Successful =>
        ExitCode == 0 ? this : throw new InvalidOperationException($"The program ended with exit code {ExitCode}.\n{Everything}");
}
