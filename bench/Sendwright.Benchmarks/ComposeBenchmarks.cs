using BenchmarkDotNet.Attributes;
using Sendwright.Load;
using Sendwright.Mime;

namespace Sendwright.Benchmarks;

/// <summary>A message of text and HTML, 2 KB together, none of it ASCII only: composed, and composed and written.</summary>
[MemoryDiagnoser]
public class ComposeBenchmarks
{
    private readonly MimeComposer _composer = new(TimeProvider.System);
    private readonly DiscardingPipeWriter _sink = new();
    private readonly EmailMessage _message = new LoadMessages(2048).Create(1);
    private readonly EmailMessage _short = new() { From = "ann@example.com", To = ["bob@example.net"], Subject = "Hi", Text = "Hello" };

    [Benchmark]
    public long Compose() => _composer.Compose(_message).Date.Ticks;

    [Benchmark]
    public long ComposeAndCountItsSize() => _composer.Compose(_message).Size;

    [Benchmark(Baseline = true)]
    public async Task ComposeAndWrite() => await _composer.Compose(_message).WriteToAsync(_sink);

    [Benchmark]
    public async Task ComposeAndWriteFiveLetters() => await _composer.Compose(_short).WriteToAsync(_sink);
}
