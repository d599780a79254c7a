using System.Buffers.Text;
using BenchmarkDotNet.Attributes;
using Sendwright.Load;
using Sendwright.Mime;

namespace Sendwright.Benchmarks;

/// <summary>A message with an attachment of 100 KB beside what cannot be saved: encoding the file in base64 and copying the result once.</summary>
[MemoryDiagnoser]
public class AttachmentBenchmarks
{
    private const int FileSize = 100 * 1024;

    private readonly MimeComposer _composer = new(TimeProvider.System);
    private readonly DiscardingPipeWriter _sink = new();
    private readonly byte[] _file = new byte[FileSize];
    private readonly byte[] _encoded = new byte[Base64.GetMaxEncodedToUtf8Length(FileSize)];
    private readonly byte[] _copy = new byte[Base64.GetMaxEncodedToUtf8Length(FileSize)];
    private readonly EmailMessage _fromBytes;
    private readonly EmailMessage _fromStream;

    public AttachmentBenchmarks()
    {
        new Random(1).NextBytes(_file);
        var message = new EmailMessage { From = "ann@example.com", To = ["bob@example.net"], Subject = "File", Text = "Here it is." };
        _fromBytes = message with { Attachments = [Attachment.FromBytes("file.bin", _file)] };
        _fromStream = message with { Attachments = [Attachment.FromStream("file.bin", _ => ValueTask.FromResult<Stream>(new MemoryStream(_file)), FileSize)] };
    }

    [Benchmark(Baseline = true)]
    public void EncodeAndCopyAlone()
    {
        _ = Base64.EncodeToUtf8(_file, _encoded, out _, out var written);
        _encoded.AsSpan(0, written).CopyTo(_copy);
    }

    [Benchmark]
    public async Task ComposeAndWriteBytes() => await _composer.Compose(_fromBytes).WriteToAsync(_sink);

    [Benchmark]
    public async Task ComposeAndWriteStream() => await _composer.Compose(_fromStream).WriteToAsync(_sink);
}
