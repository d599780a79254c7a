using System.Buffers;

namespace Sendwright.Mime.Reading;

/// <summary>Reads the ids of Message-ID, In-Reply-To, References and Content-ID (RFC 5322, 3.6.4), also those that the grammar does not have.</summary>
internal static class MessageIds
{
    private static readonly SearchValues<char> NotInLoneWord = SearchValues.Create(" \t\r\n\0<>");

    /// <summary>The ids in their order, with angle brackets. Other words between them, as RFC 5322, 4.5.4 allows, are none; a lone word without brackets is one.</summary>
    public static List<string> In(string value)
    {
        List<string> ids = [];
        for (var start = value.IndexOf('<', StringComparison.Ordinal); start >= 0;)
        {
            var end = value.IndexOf('>', start);
            if (end < 0)
                break;
            // Some programs fold long ids.
            ids.Add(ParsedHeader.OneLine(value[start..(end + 1)]).Replace(" ", "", StringComparison.Ordinal).Replace("\t", "", StringComparison.Ordinal));
            start = value.IndexOf('<', end);
        }

        if (ids.Count == 0 && value.Length > 0 && !value.AsSpan().ContainsAny(NotInLoneWord))
            ids.Add($"<{value}>");
        return ids;
    }
}
