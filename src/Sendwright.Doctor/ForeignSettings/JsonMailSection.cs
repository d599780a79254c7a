using System.Text;
using System.Text.Json;
using Sendwright.Settings;

namespace Sendwright.Doctor.ForeignSettings;

/// <summary>The section <c>Mail</c> of an <c>appsettings.json</c>, with the line of each value: the configuration system itself does not tell lines.</summary>
internal sealed class JsonMailSection
{
    private readonly string _path;
    private readonly byte[] _json;
    private readonly List<MailSectionKey> _keys = [];
    private bool _hasSection;

    private JsonMailSection(string path, byte[] json)
    {
        _path = path;
        _json = json;
    }

    public static ForeignSettingsFile Read(string path, string text)
    {
        var section = new JsonMailSection(path, Encoding.UTF8.GetBytes(text.TrimStart('\ufeff')));
        try
        {
            section.Walk();
        }
        catch (JsonException error)
        {
            return ForeignSettingsFile.Refused($"{path} is not valid JSON at line {error.LineNumber + 1}.");
        }
        catch (InvalidOperationException)
        {
            // The reader's word for half a surrogate pair.
            return ForeignSettingsFile.Refused($"{path} has text that is not Unicode.");
        }

        return section._hasSection
            ? ForeignSettingsFile.Of(MailSectionSource.Of(section._keys, Path.GetFileName(path), SettingsVocabulary.Sendwright, path))
            : ForeignSettingsFile.Refused($"{path} has no section \"{MailSectionSource.Section}\".");
    }

    // The configuration system takes comments and trailing commas, and so must this.
    private void Walk()
    {
        var reader = new Utf8JsonReader(_json, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        var path = new Stack<string>();
        var property = "";
        var indexes = new Stack<int>();
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    property = reader.GetString()!;
                    continue;
                case JsonTokenType.StartObject:
                case JsonTokenType.StartArray:
                    path.Push(Name());
                    _hasSection |= reader.TokenType == JsonTokenType.StartObject && path.Count == 2 && IsSection(path.Peek());
                    indexes.Push(reader.TokenType == JsonTokenType.StartArray ? 0 : -1);
                    continue;
                case JsonTokenType.EndObject:
                case JsonTokenType.EndArray:
                    path.Pop();
                    indexes.Pop();
                    continue;
                case JsonTokenType.Null:
                    Name();
                    continue;
                default:
                    Keep([.. path.Reverse().Skip(1), Name()], ref reader);
                    continue;
            }

            // An element of an array is named by its index, as the configuration system names it.
            string Name()
            {
                if (!indexes.TryPeek(out var index) || index < 0)
                    return property;
                indexes.Pop();
                indexes.Push(index + 1);
                return index.ToString(System.Globalization.CultureInfo.InvariantCulture);
            }
        }
    }

    private void Keep(string[] path, ref Utf8JsonReader reader)
    {
        // Keys may be flat too: "Mail:Host": "...".
        var full = string.Join(':', path);
        var colon = full.IndexOf(':');
        if (colon < 0 || !IsSection(full[..colon]))
            return;
        _hasSection = true;
        var value = reader.TokenType switch
        {
            JsonTokenType.True => "True",
            JsonTokenType.False => "False",
            JsonTokenType.Number => Encoding.UTF8.GetString(reader.ValueSpan),
            _ => reader.GetString()!,
        };
        var line = _json.AsSpan(0, (int)reader.TokenStartIndex).Count((byte)'\n') + 1;
        _keys.Add(new MailSectionKey(full[(colon + 1)..], full, value, $"{_path}:{line}"));
    }

    private static bool IsSection(string name) => name.Equals(MailSectionSource.Section, StringComparison.OrdinalIgnoreCase);
}
