using System.Globalization;
using System.Text;

namespace Sendwright.Integration.Tests.Readers;

/// <summary>A field that a reader sees otherwise than it was meant; null is absent.</summary>
/// <param name="Path">Where the message is that has the field: empty for the whole one, <c>Attachments[0].Message.</c> for one inside it.</param>
/// <param name="Field">The field in that message.</param>
/// <param name="Meant">What its author meant.</param>
/// <param name="Read">What the reader saw.</param>
internal sealed record Difference(string Path, string Field, string? Meant, string? Read)
{
    private const string Inside = ".Message.";

    private const int MaxShown = 400;

    private static readonly string[] MailboxLists = ["From", "Sender", "ReplyTo", "To", "Cc"];

    /// <summary>Whether it is the name of a mailbox or group, or the address of a mailbox, that was meant.</summary>
    public bool IsName => Meant is not null && (IsMailboxName || IsGroup);

    /// <summary>Whether it is the name of a mailbox, there or not.</summary>
    public bool IsMailboxName => IsOfMailbox && Field.EndsWith("].Name", StringComparison.Ordinal);

    /// <summary>Whether it is the group that a mailbox is in.</summary>
    public bool IsGroup => IsOfMailbox && Field.EndsWith("].Group", StringComparison.Ordinal);

    /// <inheritdoc cref="IsName" />
    public bool IsAddress => Meant is not null && IsOfMailbox && Field.EndsWith("].Address", StringComparison.Ordinal);

    /// <summary>Whether it is the name of a file that was meant.</summary>
    public bool IsFileName => Meant is not null && Field.EndsWith("].FileName", StringComparison.Ordinal);

    /// <summary>Whether the reader reports what is wrong by its own standard.</summary>
    public bool IsDefect => Field.StartsWith("Defects[", StringComparison.Ordinal);

    /// <summary>The header of one's own that it is in.</summary>
    public string? HeaderName => Field.StartsWith("Headers.", StringComparison.Ordinal) ? Field["Headers.".Length..Field.LastIndexOf('[')] : null;

    /// <summary>Whether it is in a field of mailboxes.</summary>
    public bool IsOfMailbox => Array.Exists(MailboxLists, list => Field.StartsWith(list + "[", StringComparison.Ordinal));

    /// <summary>Whether it is the text of a body.</summary>
    public bool IsBody => Field is "Text" or "Html" || (Field.StartsWith("Alternatives[", StringComparison.Ordinal) && Field.EndsWith("].Text", StringComparison.Ordinal));

    /// <summary>Whether it is a parameter of a type.</summary>
    public bool IsParameter => Field.Contains("].Parameters.", StringComparison.Ordinal);

    /// <summary>Whether it is the octets of a file.</summary>
    public bool IsContent => Field.EndsWith("].Content", StringComparison.Ordinal);

    /// <summary>All the differences between two messages.</summary>
    public static IEnumerable<Difference> Between(ReadMessage meant, ReadMessage read)
    {
        var (wanted, got) = (MessageFields.Of(meant), MessageFields.Of(read));
        return wanted.Keys.Union(got.Keys)
            .Select(field => At(field, wanted.GetValueOrDefault(field), got.GetValueOrDefault(field)))
            .Where(difference => difference.Meant != difference.Read);
    }

    /// <summary>Both values from a little before the place where they part.</summary>
    public override string ToString()
    {
        var same = 0;
        while (same < Math.Min(Meant?.Length ?? 0, Read?.Length ?? 0) && Meant![same] == Read![same])
            same++;
        var start = Math.Max(0, same - 60);
        return $"{Path}{Field}, alike for {same} characters:\n    meant {Show(Meant, start)}\n    read  {Show(Read, start)}";
    }

    private static Difference At(string field, string? meant, string? read)
    {
        var start = field.LastIndexOf(Inside, StringComparison.Ordinal) is >= 0 and var inside ? inside + Inside.Length : 0;
        return new Difference(field[..start], field[start..], meant, read);
    }

    private static string Show(string? value, int start)
    {
        if (value is null)
            return "nothing";
        var shown = new StringBuilder(start > 0 ? "... \"" : "\"");
        foreach (var character in value.AsSpan(start, Math.Min(value.Length - start, MaxShown)))
        {
            if (character is < ' ' or '\x7F' || char.GetUnicodeCategory(character) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.SpaceSeparator && character != ' ')
                shown.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:X4}");
            else
                shown.Append(character);
        }

        return shown.Append(value.Length - start > MaxShown ? "\" ..." : "\"").Append(CultureInfo.InvariantCulture, $" ({value.Length} characters)").ToString();
    }
}
