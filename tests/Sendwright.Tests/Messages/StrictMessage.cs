using System.Text;

namespace Sendwright.Tests.Messages;

/// <summary>
/// Reads composed octets as a server would that trusts nobody: lines end in CRLF and nothing else, a header is fields and folds, a part starts where its boundary says.
/// </summary>
internal static class StrictMessage
{
    /// <summary>The names of the header fields of a message and of each of its parts; fields whose name starts with <paramref name="own"/> are left out.</summary>
    public static string Shape(byte[] octets, string own = "X-Own")
    {
        var text = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(octets);
        Assert.DoesNotContain('\0', text);
        var lines = text.Split("\r\n");
        Assert.All(lines, line => Assert.True(line.AsSpan().IndexOfAny('\r', '\n') < 0, "a bare CR or LF"));
        Assert.All(lines, line => Assert.InRange(line.Length, 0, 998));
        return Shape(lines, own);
    }

    /// <summary>The value of a field, unfolded.</summary>
    public static string Field(byte[] octets, string name) =>
        Fields(Encoding.UTF8.GetString(octets).Split("\r\n"), out _).Single(field => field.Name == name).Value;

    private static string Shape(string[] lines, string own)
    {
        var fields = Fields(lines, out var body);
        var shape = string.Join(',', fields.Select(field => field.Name).Where(name => !name.StartsWith(own, StringComparison.Ordinal)));
        var type = fields.Single(field => field.Name == "Content-Type").Value;
        if (!type.StartsWith(" multipart/", StringComparison.Ordinal))
            return shape;
        var boundary = "--" + type.Split("boundary=\"")[1].Split('"')[0];
        var parts = new List<List<string>>();
        foreach (var line in lines[body..].TakeWhile(line => line != boundary + "--"))
        {
            if (line == boundary)
                parts.Add([]);
            else if (parts.Count > 0)
                parts[^1].Add(line);
        }

        return $"{shape}({string.Join(")(", parts.Select(part => Shape([.. part], own)))})";
    }

    private static List<(string Name, string Value)> Fields(string[] lines, out int body)
    {
        var fields = new List<(string Name, string Value)>();
        for (body = 0; body < lines.Length && lines[body].Length > 0; body++)
        {
            var line = lines[body];
            if (line[0] is ' ' or '\t')
            {
                Assert.False(string.IsNullOrWhiteSpace(line), "a fold of only blanks");
                fields[^1] = (fields[^1].Name, fields[^1].Value + line);
                continue;
            }

            var colon = line.IndexOf(':', StringComparison.Ordinal);
            Assert.True(colon > 0, $"no field: {line}");
            Assert.All(line[..colon], character => Assert.InRange(character, '!', '~'));
            fields.Add((line[..colon], line[(colon + 1)..]));
        }

        return fields;
    }
}
