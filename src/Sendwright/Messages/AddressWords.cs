using System.Text;
using Sendwright.Mime;

namespace Sendwright.Messages;

/// <summary>Words in a row, read as a name or as a local part: which one they are, only the character behind them tells.</summary>
internal sealed class AddressWords(string text)
{
    private readonly List<AddressWord> _words = [];

    /// <summary>How many there are, dots included.</summary>
    public int Count => _words.Count;

    /// <summary>One of them.</summary>
    public AddressWord this[int index] => _words[index];

    /// <summary>Forgets them.</summary>
    public void Clear() => _words.Clear();

    /// <summary>Adds the next one.</summary>
    public void Add(AddressWord word) => _words.Add(word);

    /// <summary>The name they make: quotes taken off, encoded-words decoded, one blank where there were blanks or comments (RFC 5322, 3.2.2).</summary>
    public string ToName()
    {
        var name = new StringBuilder();
        for (var index = 0; index < _words.Count; index++)
        {
            var word = _words[index];
            if (index > 0 && word.IsApart)
                name.Append(' ');
            switch (word.Kind)
            {
                case AddressWordKind.QuotedString:
                    // A tab is a blank that a fold was made of. Looked for in this word only: in all of the name, each word would cost as much as those before it.
                    var start = name.Length;
                    name.AppendUnquoted(text.AsSpan((word.Start + 1)..(word.End - 1)));
                    name.Replace('\t', ' ', start, name.Length - start);
                    break;
                case AddressWordKind.EncodedWord:
                    while (index + 1 < _words.Count && _words[index + 1] is { Kind: AddressWordKind.EncodedWord, IsBehindComment: false })
                        index++;
                    name.Append(EncodedWordReader.Decode(text.AsSpan(word.Start.._words[index].End)));
                    break;
                default:
                    name.Append(text, word.Start, word.End - word.Start);
                    break;
            }
        }

        return name.ToString();
    }

    /// <summary>The first word that keeps them from being a local part, words with single dots between them; -1 where they are one.</summary>
    public int IndexOfMisplaced()
    {
        for (var index = 0; index < _words.Count; index++)
        {
            var isDot = _words[index].Kind == AddressWordKind.Dot;
            if (isDot != (index % 2 == 1) || (isDot && index == _words.Count - 1))
                return index;
        }

        return -1;
    }

    /// <summary>The local part they make, in its form with the fewest quotes.</summary>
    public string ToLocalPart()
    {
        var local = new StringBuilder();
        var isQuoted = false;
        foreach (var word in _words)
        {
            var isString = word.Kind == AddressWordKind.QuotedString;
            isQuoted |= isString;
            local.AppendUnquoted(isString ? text.AsSpan((word.Start + 1)..(word.End - 1)) : text.AsSpan(word.Start..word.End));
        }

        // Without quotes it stays as it is: what is not allowed there shall be seen, not quoted.
        return isQuoted ? LocalPartText.Write(local.ToString()) : local.ToString();
    }
}
