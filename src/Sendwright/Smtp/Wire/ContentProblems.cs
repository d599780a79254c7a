using System.Globalization;

namespace Sendwright.Smtp.Wire;

/// <summary>What is wrong with content, in words.</summary>
internal static class ContentProblems
{
    /// <summary>A sentence that names the octet and its place: <c>The message has a bare LF (an LF without its CR) at offset 17, in line 2.</c></summary>
    public static string Describe(this LineScanner scanner) => string.Create(
        CultureInfo.InvariantCulture,
        $"The message has {Name(scanner.Problem)} at offset {scanner.ProblemOffset}, in line {scanner.ProblemLine}.");

    private static string Name(ContentProblem problem) => problem switch
    {
        ContentProblem.BareCarriageReturn => "a bare CR (a CR without its LF)",
        ContentProblem.BareLineFeed => "a bare LF (an LF without its CR)",
        ContentProblem.Nul => "a NUL (an octet 0)",
        _ => throw new ArgumentOutOfRangeException(nameof(problem), problem, "No octet is wrong, so there is none to name."),
    };
}
