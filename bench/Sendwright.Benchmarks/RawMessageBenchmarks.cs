using System.Text;
using BenchmarkDotNet.Attributes;
using Sendwright.Load;

namespace Sendwright.Benchmarks;

/// <summary>A ready-made message of 100 KB: checked, written as it is, and written in its 7-bit form.</summary>
[MemoryDiagnoser]
public class RawMessageBenchmarks
{
    private const string Header = "From: ann@example.com\r\nTo: bob@example.net\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n";

    private readonly DiscardingPipeWriter _sink = new();
    private readonly byte[] _octets = Encoding.UTF8.GetBytes(Header + string.Concat(Enumerable.Repeat("Die Bestellung kommt übermorgen an; schöne Grüße.\r\n", 1900)));
    private readonly RawMessage _message;

    public RawMessageBenchmarks() => _message = RawMessage.FromBytes(_octets);

    [Benchmark]
    public long? Check() => RawMessage.FromBytes(_octets).Size;

    [Benchmark(Baseline = true)]
    public async Task Write() => await _message.WriteToAsync(_sink);

    [Benchmark]
    public async Task WriteInSevenBit() => await _message.ToSevenBit()!.WriteToAsync(_sink);
}
