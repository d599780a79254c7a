using System.Text;

namespace Sendwright.Doctor.Explain;

/// <summary>A line of a pasted text, where it begins, and whether it is program code that a traceback quotes.</summary>
internal readonly record struct TextLine(int Start, string Text, bool IsCode);

/// <summary>
/// A pasted text as the readers see it: cleaned, its secrets masked, as lines (a transcript, a traceback) and as one long line (a sentence that a terminal or a ticket has
/// wrapped). Places are counted in <see cref="Text"/>, so that what was raised first can be told.
/// </summary>
internal sealed class PastedText
{
    /// <summary>The longest piece of a text that evidence repeats.</summary>
    public const int MaxExcerpt = 300;

    // A sentence that stands more often than this in one text is a log of one failure over and over.
    private const int MaxFound = 16;

    private readonly int[] _places;
    private readonly string _foldedFlat;
    private readonly string _foldedCode;

    private PastedText(string text, IReadOnlyList<TextLine> lines)
    {
        Text = text;
        Lines = lines;
        (Flat, _places) = Flatten(lines.Where(line => !line.IsCode));
        (Code, _) = Flatten(lines);
        // Hundreds of phrases are looked for: folded once, each search is an ordinal one. Invariant folding keeps every index.
        (_foldedFlat, _foldedCode) = (Flat.ToLowerInvariant(), Code.ToLowerInvariant());
    }

    /// <summary>The text with its line ends.</summary>
    public string Text { get; }

    /// <summary>The lines.</summary>
    public IReadOnlyList<TextLine> Lines { get; }

    /// <summary>What programs said: the text with each run of white space as one blank, without quoted code, in which errors are only mentioned.</summary>
    public string Flat { get; }

    /// <summary>The same with the quoted code, which shows how a connection was asked for.</summary>
    public string Code { get; }

    public static PastedText Of(string raw)
    {
        var text = PastedSecrets.Mask(TextCleaner.Clean(raw));
        List<TextLine> lines = [];
        var start = 0;
        var frameIndent = -1;
        foreach (var line in text.Split('\n'))
        {
            var indent = line.Length - line.TrimStart(' ').Length;
            var isFrame = line.AsSpan(indent).StartsWith("File \"", StringComparison.Ordinal) && line.Contains("\", line ", StringComparison.Ordinal);
            var isCode = !isFrame && frameIndent >= 0 && indent > frameIndent;
            frameIndent = isFrame ? indent : isCode ? frameIndent : -1;
            lines.Add(new TextLine(start, line, isCode));
            start += line.Length + 1;
        }

        return new PastedText(text, lines);
    }

    /// <summary>Where in <see cref="Flat"/> the words stand, whatever their capitals.</summary>
    public IEnumerable<int> Find(string words) => Find(_foldedFlat, words);

    /// <summary>Where in <see cref="Code"/> the words stand, whatever their capitals.</summary>
    public IEnumerable<int> FindInCode(string words) => Find(_foldedCode, words);

    private static IEnumerable<int> Find(string text, string words)
    {
        words = words.ToLowerInvariant();
        var from = 0;
        for (var found = 0; found < MaxFound; found++)
        {
            var at = text.IndexOf(words, from, StringComparison.Ordinal);
            if (at < 0)
                yield break;
            yield return at;
            from = at + words.Length;
        }
    }

    /// <summary>Whether the words stand anywhere, quoted code included.</summary>
    public bool Has(string words) => _foldedCode.Contains(words.ToLowerInvariant(), StringComparison.Ordinal);

    /// <summary>The place in <see cref="Text"/> of an index in <see cref="Flat"/>.</summary>
    public int PlaceOf(int flatIndex) => _places[Math.Min(flatIndex, _places.Length - 1)];

    /// <summary>The line around a place, shortened around it, for evidence to cite.</summary>
    public string Excerpt(int place)
    {
        place = Math.Min(place, Math.Max(0, Text.Length - 1));
        if (Text.Length == 0)
            return "";
        var start = Text.LastIndexOf('\n', Text[place] == '\n' && place > 0 ? place - 1 : place) + 1;
        var end = Text.IndexOf('\n', place);
        if (end < 0)
            end = Text.Length;
        if (end - start > MaxExcerpt)
        {
            start = Math.Max(start, place - MaxExcerpt / 3);
            end = Math.Min(end, start + MaxExcerpt);
        }

        return Text[start..Math.Max(start, end)].Trim();
    }

    /// <summary>The text cut to what evidence may repeat.</summary>
    public static string Bounded(string text) => text.Length <= MaxExcerpt ? text : string.Concat(text.AsSpan(0, MaxExcerpt - 1), "…");

    private static (string Flat, int[] Places) Flatten(IEnumerable<TextLine> lines)
    {
        var flat = new StringBuilder();
        List<int> places = [];
        foreach (var line in lines)
        {
            for (var i = 0; i <= line.Text.Length; i++)
            {
                // The line end is a blank like any other.
                var c = i == line.Text.Length ? ' ' : line.Text[i];
                if (c == ' ' && flat.Length > 0 && flat[^1] == ' ')
                    continue;
                flat.Append(c);
                places.Add(line.Start + i);
            }
        }

        places.Add(places.Count == 0 ? 0 : places[^1]);
        return (flat.ToString(), [.. places]);
    }
}
