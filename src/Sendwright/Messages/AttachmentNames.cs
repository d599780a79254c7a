using System.Buffers;

namespace Sendwright.Messages;

/// <summary>What attachments and the links to them may be called.</summary>
internal static class AttachmentNames
{
    /// <summary>Enough of a subject to recognise it by.</summary>
    private const int MaxSubject = 60;

    /// <summary>What some file system does not take in a name.</summary>
    private static readonly SearchValues<char> NotInFileNames = SearchValues.Create("\"*/:<>?\\|");

    /// <summary>Refuses a file name that no header, or no file system, can carry.</summary>
    /// <exception cref="ArgumentException">It is one.</exception>
    public static void CheckFileName(string fileName)
    {
        if (fileName.Length == 0)
            throw new ArgumentException("An attachment has an empty file name. Give it one, such as invoice.pdf.");
        FieldCharacters.Check("FileName", fileName);
        MessageLimits.CheckLength("FileName", fileName, MessageLimits.MaxFileNameLength);
        for (var index = 0; index < fileName.Length; index++)
        {
            if (char.IsControl(fileName[index]))
                throw new ArgumentException(FieldCharacters.Describe("FileName", fileName, index, "which no file name may hold. Take it out."));
        }
    }

    /// <summary>Refuses what cannot stand behind <c>cid:</c>.</summary>
    /// <exception cref="ArgumentException">It cannot.</exception>
    public static void CheckContentId(string contentId)
    {
        FieldCharacters.Check("ContentId", contentId);
        if (contentId.Length is 0 or > MessageLimits.MaxContentIdLength || contentId.AsSpan().ContainsAnyExceptInRange('!', '~') || contentId.AsSpan().ContainsAny('<', '>'))
        {
            throw new ArgumentException(
                $"ContentId {VisibleText.Quote(contentId)} is not 1 to {MessageLimits.MaxContentIdLength} characters of ASCII without blanks and angle brackets. Write it as in the HTML behind cid:, such as logo@example.com.");
        }
    }

    /// <summary>The file name of an attached message: its subject, as mail programs have it.</summary>
    public static string ForMessage(string? subject)
    {
        if (string.IsNullOrWhiteSpace(subject))
            return "message.eml";
        var length = Math.Min(subject.Length, MaxSubject);
        if (char.IsHighSurrogate(subject[length - 1]))
            length--;
        var name = string.Create(length, subject, static (characters, subject) =>
        {
            for (var index = 0; index < characters.Length; index++)
                characters[index] = char.IsControl(subject[index]) || NotInFileNames.Contains(subject[index]) ? '_' : subject[index];
        });
        return $"{name.Trim()}.eml";
    }
}
