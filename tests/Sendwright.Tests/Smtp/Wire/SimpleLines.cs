using System.Text;
using Sendwright.Smtp.Wire;

namespace Sendwright.Tests.Smtp.Wire;

/// <summary>The rules about lines, one octet after the other and so simple that they must be right.</summary>
internal static class SimpleLines
{
    /// <summary>The octets that mean something, and one that does not.</summary>
    private static readonly byte[] Alphabet = "\r\n.a\0"u8.ToArray();

    public static byte[] Octets(string text) => Encoding.Latin1.GetBytes(text);

    /// <summary>Every content of at most so many octets.</summary>
    public static IEnumerable<byte[]> ShortContents(int longest)
    {
        for (var length = 0; length <= longest; length++)
        {
            for (var number = 0; number < Math.Pow(Alphabet.Length, length); number++)
                yield return [.. Enumerable.Range(0, length).Select(place => Alphabet[number / (int)Math.Pow(Alphabet.Length, place) % Alphabet.Length])];
        }
    }

    /// <summary>The first octet that may not be there. A CR at the end is wrong only where nothing more comes.</summary>
    public static (ContentProblem Problem, long Offset)? FirstProblem(ReadOnlySpan<byte> content, bool isWhole)
    {
        for (var i = 0; i < content.Length; i++)
        {
            if (content[i] == '\r' && (i + 1 < content.Length ? content[i + 1] != '\n' : isWhole))
                return (ContentProblem.BareCarriageReturn, i);
            if (content[i] == '\n' && (i == 0 || content[i - 1] != '\r'))
                return (ContentProblem.BareLineFeed, i);
            if (content[i] == 0)
                return (ContentProblem.Nul, i);
        }

        return null;
    }

    /// <summary>RFC 5321, 4.5.2.</summary>
    public static byte[] Stuffed(ReadOnlySpan<byte> content)
    {
        using var wire = new MemoryStream();
        for (var i = 0; i < content.Length; i++)
        {
            if (content[i] == '.' && (i == 0 || content[i - 1] == '\n'))
                wire.WriteByte((byte)'.');
            wire.WriteByte(content[i]);
        }

        return wire.ToArray();
    }
}
