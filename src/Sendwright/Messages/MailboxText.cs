using System.Buffers;
using System.Text;

namespace Sendwright.Messages;

/// <summary>
/// A mailbox as people type it: <c>local@domain</c>, <c>Name &lt;local@domain&gt;</c>, <c>"Name, quoted" &lt;local@domain&gt;</c>. Encoded-words in a name are
/// text like any other: whoever types a mailbox types the name itself.
/// </summary>
internal static class MailboxText
{
    private const string Shape = "Write local@domain or Name <local@domain>.";

    /// <summary>What may not stand in a name without quotes: it would be a list, a group, a comment or a second address.</summary>
    private static readonly SearchValues<char> NeedsQuotes = SearchValues.Create(",;:<>()@\"\\");

    /// <summary>Takes name and address apart. The address is not judged here.</summary>
    /// <returns>What is wrong; null where nothing is.</returns>
    public static string? Split(string text, out string address, out string? name)
    {
        var trimmed = text.AsSpan().Trim(" \t");
        name = null;
        if (trimmed.IsEmpty || trimmed[^1] != '>')
        {
            address = trimmed.ToString();
            if (trimmed.IsEmpty)
                return $"There is no e-mail address in {VisibleText.Quote(text)}. {Shape}";
            return trimmed.Contains('<') && trimmed[0] != '"' ? $"The mailbox {VisibleText.Quote(text)} has a \"<\" but does not end with \">\". {Shape}" : null;
        }

        address = "";
        var open = IndexOutsideQuotes(trimmed, '<');
        if (open < 0)
            return $"The mailbox {VisibleText.Quote(text)} ends with \">\" but has no \"<\". {Shape}";
        address = trimmed[(open + 1)..^1].ToString();
        return ReadName(text, trimmed[..open].Trim(" \t"), out name);
    }

    /// <summary>The name as it can be typed: quoted where it holds a character that means something else outside quotes.</summary>
    public static string Write(string address, string? name)
    {
        if (name is null)
            return address;
        return name.AsSpan().ContainsAny(NeedsQuotes)
            ? $"\"{name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\" <{address}>"
            : $"{name} <{address}>";
    }

    private static string? ReadName(string text, ReadOnlySpan<char> phrase, out string? name)
    {
        var read = new StringBuilder(phrase.Length);
        var quoted = false;
        name = null;
        for (var index = 0; index < phrase.Length; index++)
        {
            var character = phrase[index];
            if (character == '"')
            {
                quoted = !quoted;
            }
            else if (quoted && character == '\\' && index + 1 < phrase.Length)
            {
                read.Append(phrase[++index]);
            }
            else if (!quoted && NeedsQuotes.Contains(character))
            {
                return $"The mailbox {VisibleText.Quote(text)} has {VisibleText.NameOf(character)} in its name. Put the name in double quotes: \"Doe, John\" <john@example.com>.";
            }
            else
            {
                read.Append(character);
            }
        }

        if (quoted)
            return $"The mailbox {VisibleText.Quote(text)} has a quote that does not close. Put the whole name in double quotes, with \\\" for a quote inside.";
        name = read.ToString();
        return null;
    }

    private static int IndexOutsideQuotes(ReadOnlySpan<char> text, char wanted)
    {
        var quoted = false;
        for (var index = 0; index < text.Length; index++)
        {
            if (text[index] == '"')
                quoted = !quoted;
            else if (quoted && text[index] == '\\')
                index++;
            else if (!quoted && text[index] == wanted)
                return index;
        }

        return -1;
    }
}
