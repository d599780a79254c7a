using BenchmarkDotNet.Attributes;
using Sendwright.Load;
using Sendwright.Mime;

namespace Sendwright.Benchmarks;

/// <summary>Texts of 64,000 characters by what is in them, and so by transfer encoding.</summary>
public class BodyBenchmarks
{
    private const int Length = 64_000;

    private static readonly Dictionary<string, string> Lines = new()
    {
        ["ASCII, short lines: 7bit"] = "All of this is plain text, and no line of it is long.\r\n",
        ["German: quoted-printable"] = "Die Bestellung ist unterwegs und kommt voraussichtlich übermorgen bei Ihnen an; schöne Grüße aus Köln. ",
        ["HTML: quoted-printable"] = "<p class=\"line\">The order is on its way. <a href=\"https://shop.example.com/o?id=4711\">See it</a></p>\r\n",
        ["Japanese: base64"] = "ご注文の商品は発送されました。到着までしばらくお待ちください。\r\n",
    };

    private readonly MimeComposer _composer = new(TimeProvider.System);
    private readonly DiscardingPipeWriter _sink = new();
    private EmailMessage? _message;

    public static IEnumerable<string> Kinds => Lines.Keys;

    [ParamsSource(nameof(Kinds))]
    public string Kind { get; set; } = "";

    [GlobalSetup]
    public void MakeMessage()
    {
        var text = string.Concat(Enumerable.Repeat(Lines[Kind], (Length / Lines[Kind].Length) + 1))[..Length];
        _message = new EmailMessage { From = "ann@example.com", To = ["bob@example.net"], Subject = "Text", Text = text };
    }

    [Benchmark]
    public async Task ComposeAndWrite() => await _composer.Compose(_message!).WriteToAsync(_sink);
}
