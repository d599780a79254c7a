using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sendwright.Providers;

namespace Sendwright.Tests.Providers;

/// <summary>Every file of data/providers keeps the promises of its schema.</summary>
public sealed class ProviderDataTests
{
    private static readonly Assembly Library = typeof(MailProvider).Assembly;

    public static TheoryData<string> Files => [.. Library.GetManifestResourceNames().Where(name => name.StartsWith("providers/", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Files))]
    public void A_file_keeps_to_the_schema(string file)
    {
        using var stream = Library.GetManifestResourceStream(file)!;
        var json = JsonNode.Parse(stream)!;

        Assert.Empty(Violations(json, Schema(), file));
        Assert.Equal(file, $"providers/{(string?)json["id"]}.json");
        Assert.True(json["hosts"]!.AsArray().Count > 0 || json["noHostsReason"] is not null, "A provider without hosts says why.");
        Assert.Equal((string?)json["username"]?["form"] == "literal", json["username"]?["literal"] is not null);
        Assert.All(Names(json), name => Assert.Equal(name!.ToLowerInvariant(), name));
        Assert.All(Names(json), name => Assert.DoesNotContain(name!, char.IsWhiteSpace));
    }

    [Fact]
    public void The_schema_itself_is_not_a_provider()
    {
        Assert.DoesNotContain("providers/schema.json", Library.GetManifestResourceNames());
    }

    [Fact]
    public void Every_file_is_in_the_catalog()
    {
        Assert.Equal(Files.Count, ProviderCatalog.Default.Providers.Count);
        Assert.True(Files.Count > 80);
    }

    [Fact]
    public void A_server_and_a_domain_belong_to_one_provider()
    {
        var hosts = ProviderCatalog.Default.Providers.SelectMany(provider => provider.Hosts.SelectMany(host => host.Names)).GroupBy(name => name);
        var domains = ProviderCatalog.Default.Providers.SelectMany(provider => provider.Domains).GroupBy(name => name);

        Assert.Empty(hosts.Concat(domains).Where(group => group.Count() > 1).Select(group => group.Key));
    }

    [Fact]
    public void A_port_of_a_server_stands_once()
    {
        Assert.All(ProviderCatalog.Default.Providers.SelectMany(provider => provider.Hosts), host => Assert.Equal(host.Ports.Count, host.Ports.DistinctBy(port => port.Port).Count()));
    }

    [Theory]
    [InlineData("""{ "id": "x", "name": "X", "hosts": [], "sources": [] }""", "sources")]
    [InlineData("""{ "id": "x", "name": "X", "hosts": [] }""", "sources")]
    [InlineData("""{ "id": "X Y", "name": "X", "hosts": [], "sources": ["https://example.com"] }""", "id")]
    [InlineData("""{ "id": "x", "name": "X", "hosts": [{ "host": "h", "ports": [{ "port": 0, "security": "implicit" }] }], "sources": ["https://example.com"] }""", "port")]
    [InlineData("""{ "id": "x", "name": "X", "hosts": [{ "host": "h", "ports": [{ "port": 1, "security": "ssl" }] }], "sources": ["https://example.com"] }""", "security")]
    [InlineData("""{ "id": "x", "name": "X", "hosts": [], "sources": ["example"] }""", "sources")]
    [InlineData("""{ "id": "x", "name": "X", "hosts": [], "sources": ["https://example.com"], "motto": "y" }""", "motto")]
    [InlineData("""{ "id": "x", "name": "X", "hosts": [], "sources": ["https://example.com"], "pool": {} }""", "pool")]
    [InlineData("""{ "id": "x", "name": "X", "hosts": [], "sources": ["https://example.com"], "pool": { "connections": 0 } }""", "connections")]
    [InlineData("""{ "id": "x", "name": "X", "hosts": [], "sources": ["https://example.com"], "rate": { "perHour": 5 } }""", "perHour")]
    [InlineData("""{ "id": "x", "name": "X", "hosts": [], "sources": ["https://example.com"], "rate": { "perDay": 0.5 } }""", "perDay")]
    public void The_check_sees_a_violation(string json, string where)
    {
        Assert.Contains(Violations(JsonNode.Parse(json)!, Schema(), "$"), violation => violation.Contains(where, StringComparison.Ordinal));
    }

    private static IEnumerable<string?> Names(JsonNode json) =>
        json["hosts"]!.AsArray().Select(host => (string?)host!["host"]).Concat(json["domains"]?.AsArray().Select(domain => (string?)domain) ?? []);

    private static JsonNode Schema() => JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Providers", "schema.json")))!;

    /// <summary>The part of JSON Schema that the schema uses.</summary>
    private static IEnumerable<string> Violations(JsonNode value, JsonNode schema, string at)
    {
        if (schema["enum"] is JsonArray allowed && !allowed.Any(one => JsonNode.DeepEquals(one, value)))
            yield return $"{at}: {value} is none of {allowed.ToJsonString()}";
        if ((string?)schema["type"] is { } type && !Is(value, type))
        {
            yield return $"{at}: {value} is no {type}";
            yield break;
        }

        if ((string?)schema["pattern"] is { } pattern && !System.Text.RegularExpressions.Regex.IsMatch((string)value!, pattern))
            yield return $"{at}: {value} does not match {pattern}";
        if ((string?)schema["format"] is "uri" && !(Uri.TryCreate((string)value!, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"))
            yield return $"{at}: {value} is no address";
        if (schema["minimum"] is { } minimum && (int)value < (int)minimum)
            yield return $"{at}: {value} is below {minimum}";
        if (schema["maximum"] is { } maximum && (int)value > (int)maximum)
            yield return $"{at}: {value} is above {maximum}";
        if (schema["minItems"] is { } least && value.AsArray().Count < (int)least)
            yield return $"{at}: has fewer than {least}";

        if (value is JsonArray array && schema["items"] is { } items)
        {
            foreach (var violation in array.SelectMany((item, i) => Violations(item!, items, $"{at}[{i}]")))
                yield return violation;
        }

        if (value is JsonObject properties)
        {
            if (schema["minProperties"] is { } fewest && properties.Count < (int)fewest)
                yield return $"{at}: has fewer than {fewest}";
            foreach (var required in schema["required"]?.AsArray() ?? [])
            {
                if (!properties.ContainsKey((string)required!))
                    yield return $"{at}.{required}: is missing";
            }

            foreach (var (name, property) in properties)
            {
                if (schema["properties"]?[name] is not { } known)
                    yield return $"{at}.{name}: is not in the schema";
                else
                {
                    foreach (var violation in Violations(property!, known, $"{at}.{name}"))
                        yield return violation;
                }
            }
        }
    }

    private static bool Is(JsonNode value, string type) => (type, value.GetValueKind()) switch
    {
        ("object", JsonValueKind.Object) or ("array", JsonValueKind.Array) or ("string", JsonValueKind.String) => true,
        ("integer", JsonValueKind.Number) => value.AsValue().TryGetValue<int>(out _),
        _ => false,
    };
}
