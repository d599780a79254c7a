using System.Globalization;

namespace Sendwright.Settings;

/// <summary>Reads a whole number within limits.</summary>
internal static class NumberText
{
    /// <summary>What is wrong with the text, as the end of a sentence; null where nothing is.</summary>
    public static string? Objection(string text, int least, int most, out int number)
    {
        if (!int.TryParse(text.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number))
            return "is not a whole number";
        if (number >= least && number <= most)
            return null;
        return most == int.MaxValue ? $"is less than {least}" : $"is not within {least} to {most}";
    }
}
