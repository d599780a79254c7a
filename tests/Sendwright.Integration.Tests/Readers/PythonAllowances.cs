using System.Text.RegularExpressions;

namespace Sendwright.Integration.Tests.Readers;

/// <summary>What docs/reference/readers.md tells of Python's email package, in the same order.</summary>
internal static class PythonAllowances
{
    /// <summary>On a line of 76, a longer name leaves too little room for an encoded-word.</summary>
    private const int LongestNameBesideEncodedWord = 50;

    /// <summary>A blank and all that Unicode calls white space behind it.</summary>
    private static readonly Regex SeveralBlanks = new(@" \s");

    private static readonly Regex WhiteSpace = new(@"\s+");

    public static IReadOnlyList<Allowance> All { get; } =
    [
        Allowance.LastLineEnd,
        new("it keeps the blank between two encoded-words of a name", (difference, _) => difference.IsName && HasMoreBlanks(difference.Meant!, difference.Read)),
        new("it makes one blank of several in a name", (difference, _) =>
            difference.IsName && SeveralBlanks.IsMatch(difference.Meant!) && WhiteSpace.Replace(difference.Meant!, "") == WhiteSpace.Replace(difference.Read ?? "", "")),
        new("it takes the blank of a fold right behind the colon for part of the value", (difference, _) =>
            difference.HeaderName?.Length > LongestNameBesideEncodedWord && difference.Read == " " + difference.Meant),
        new("it reports a local part that is not ASCII", (difference, sample) =>
            difference.IsDefect && sample.NeedsSmtpUtf8 && difference.Read!.EndsWith(": local-part contains non-ASCII characters)", StringComparison.Ordinal)),
        new("it drops the quotes of a local part of dots", (difference, _) => difference.IsAddress && difference.Meant!.StartsWith("\"..\"@", StringComparison.Ordinal) && difference.Read == difference.Meant.Replace("\"", "", StringComparison.Ordinal)),
    ];

    /// <summary>Whether blanks are all that was added.</summary>
    private static bool HasMoreBlanks(string meant, string? read)
    {
        var matched = 0;
        foreach (var character in read ?? "")
        {
            if (matched < meant.Length && meant[matched] == character)
                matched++;
            else if (character != ' ')
                return false;
        }

        return matched == meant.Length;
    }
}
