using System.Text.Json;
using Sendwright.Settings;

namespace Sendwright.Providers;

/// <summary>
/// Reads a file of <c>data/providers/</c>. By hand: the catalog is wanted at the start of a command-line tool, and the serializer's metadata for these few
/// records costs several times what reading all the files does.
/// </summary>
internal static class ProviderFile
{
    public static MailProvider Read(Stream json)
    {
        using var document = JsonDocument.Parse(json);
        var file = document.RootElement;
        return new MailProvider
        {
            Id = Text(file, "id")!,
            Name = Text(file, "name")!,
            Domains = Texts(file, "domains"),
            Hosts = Items(file, "hosts", Host),
            Username = file.TryGetProperty("username", out var username) ? Username(username) : null,
            Secrets = Texts(file, "secrets"),
            Limits = Text(file, "limits"),
            Pool = file.TryGetProperty("pool", out var pool) ? Pool(pool) : null,
            Rate = file.TryGetProperty("rate", out var rate) ? Rate(rate) : null,
            MaxMessageMegabytes = Number(file, "maxMessageMegabytes"),
            Notes = Text(file, "notes"),
            HelpPage = Text(file, "helpPage"),
            StatusPage = Text(file, "statusPage"),
            Replies = Items(file, "replies", Reply),
        };
    }

    private static ProviderHost Host(JsonElement host) => new()
    {
        Host = Text(host, "host")!,
        Regions = Texts(host, "regions"),
        Ports = Items(host, "ports", Port),
    };

    private static ProviderPort Port(JsonElement port) => new()
    {
        Port = port.GetProperty("port").GetInt32(),
        Security = Text(port, "security") switch
        {
            "implicit" => ConnectionSecurity.Implicit,
            "starttls" => ConnectionSecurity.StartTls,
            "none" => ConnectionSecurity.None,
            var unknown => throw Unknown("security", unknown),
        },
    };

    private static ProviderUsername Username(JsonElement username) => new()
    {
        Form = Text(username, "form") switch
        {
            "full-address" => UsernameForm.FullAddress,
            "local-part" => UsernameForm.LocalPart,
            "literal" => UsernameForm.Literal,
            "issued" => UsernameForm.Issued,
            var unknown => throw Unknown("form", unknown),
        },
        Literal = Text(username, "literal"),
        Prefix = Text(username, "prefix"),
        Text = Text(username, "text")!,
    };

    private static ProviderPool Pool(JsonElement pool) => new()
    {
        Connections = Number(pool, "connections"),
        MessagesPerConnection = Number(pool, "messagesPerConnection"),
    };

    private static ProviderRate Rate(JsonElement rate) => new()
    {
        PerSecond = Number(rate, "perSecond"),
        PerMinute = Number(rate, "perMinute"),
        PerDay = Number(rate, "perDay"),
    };

    private static ProviderReply Reply(JsonElement reply) => new()
    {
        Match = Text(reply, "match")!,
        Meaning = Text(reply, "meaning")!,
        IsHttp = Text(reply, "over") == "http",
        Retry = Text(reply, "retry") switch
        {
            "no" => ReplyRetry.No,
            "later" => ReplyRetry.Later,
            "after-hour" => ReplyRetry.AfterHour,
            "after-day" => ReplyRetry.AfterDay,
            "split" => ReplyRetry.Split,
            var unknown => throw Unknown("retry", unknown),
        },
    };

    private static int? Number(JsonElement parent, string name) => parent.TryGetProperty(name, out var value) ? value.GetInt32() : null;

    private static string? Text(JsonElement parent, string name) => parent.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static string[] Texts(JsonElement parent, string name) => Items(parent, name, item => item.GetString()!);

    private static T[] Items<T>(JsonElement parent, string name, Func<JsonElement, T> read)
    {
        if (!parent.TryGetProperty(name, out var array))
            return [];
        var items = new T[array.GetArrayLength()];
        for (var i = 0; i < items.Length; i++)
            items[i] = read(array[i]);
        return items;
    }

    private static InvalidDataException Unknown(string name, string? value) => new($"\"{value}\" is no {name} of the provider schema.");
}
