using System.IO.Pipelines;
using System.Security.Cryptography;
using System.Text;

namespace Sendwright.Tests.Mime;

public sealed class StreamedAttachmentTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(56)]
    [InlineData(57)]
    [InlineData(58)]
    [InlineData(21_887)]
    [InlineData(21_888)] // one block
    [InlineData(21_889)]
    [InlineData(100_000)]
    public void A_stream_is_written_as_the_same_bytes_in_memory_are(int length)
    {
        var octets = RandomNumberGenerator.GetBytes(length);
        var inMemory = Wire.Simple with { Text = "Hi", MessageId = "1@example.com", Attachments = [Attachment.FromBytes("a.bin", octets)] };
        var streamed = inMemory with { Attachments = [Attachment.FromStream("a.bin", _ => ValueTask.FromResult<Stream>(new SlowStream(octets)), length)] };
        var composed = Wire.Compose(streamed);
        var wire = Wire.Octets(composed);
        Assert.Equal(WithoutBoundaries(Wire.Octets(Wire.Compose(inMemory))), WithoutBoundaries(wire));
        Assert.Equal(wire.Length, composed.Size);
    }

    // A connection's buffer, or the hash before it, may have room for what is asked for and for no octet more: the last line must not be left out then.
    [Theory]
    [InlineData(1)]
    [InlineData(56)]
    [InlineData(58)]
    [InlineData(21_889)]
    public void The_space_that_it_asks_for_is_enough(int length)
    {
        var composed = Wire.Compose(Wire.Simple with { Attachments = [Attachment.FromStream("a.bin", _ => ValueTask.FromResult<Stream>(new SlowStream(new byte[length])), length)] });
        Assert.Equal(Wire.Octets(composed), Wire.Octets(composed, extra: 0));
        Assert.Equal(composed.Size, Wire.Octets(composed, extra: 0).Length);
    }

    [Fact]
    public void It_is_opened_anew_and_closed_each_time_the_message_is_written()
    {
        List<SlowStream> opened = [];
        var attachment = Attachment.FromStream(
            "a.bin",
            _ =>
            {
                opened.Add(new SlowStream([1, 2, 3]));
                return ValueTask.FromResult<Stream>(opened[^1]);
            },
            3);
        var composed = Wire.Compose(Wire.Simple with { Attachments = [attachment] });
        Assert.Empty(opened);
        Assert.Equal(Wire.Octets(composed), Wire.Octets(composed));
        Assert.Equal(2, opened.Count);
        Assert.All(opened, stream => Assert.True(stream.IsClosed));
    }

    [Theory]
    [InlineData(10, 9, "holds 9")]
    [InlineData(10, 11, "holds more")]
    [InlineData(0, 1, "holds more")]
    [InlineData(21_888, 21_889, "holds more")]
    public async Task A_stream_of_another_length_stops_the_message(int announced, int held, string expected)
    {
        var message = Wire.Simple with { Attachments = [Attachment.FromStream("ä.bin", _ => ValueTask.FromResult<Stream>(new SlowStream(new byte[held])), announced)] };
        var e = await Assert.ThrowsAnyAsync<IOException>(async () => await Wire.Compose(message).WriteToAsync(new NarrowPipeWriter(), TestContext.Current.CancellationToken));
        Assert.Contains(expected, e.Message, StringComparison.Ordinal);
        Assert.Contains("\"ä.bin\"", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_function_that_gives_no_stream_is_named()
    {
        var message = Wire.Simple with { Attachments = [Attachment.FromStream("a.bin", _ => ValueTask.FromResult<Stream>(null!), 3)] };
        var e = await Assert.ThrowsAnyAsync<IOException>(async () => await Wire.Compose(message).WriteToAsync(new NarrowPipeWriter(), TestContext.Current.CancellationToken));
        Assert.Contains("a.bin", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_large_file_is_never_in_memory_as_a_whole()
    {
        const int Length = 25 * 1024 * 1024;
        var message = Wire.Simple with { Attachments = [Attachment.FromStream("a.bin", _ => ValueTask.FromResult<Stream>(new EndlessZeros(Length)), Length)] };
        var composed = Wire.Compose(message);
        var pipe = new Pipe();
        var reading = CountAsync(pipe.Reader);
        await composed.WriteToAsync(pipe.Writer, TestContext.Current.CancellationToken);
        await pipe.Writer.CompleteAsync();
        var (octets, largest) = await reading;
        Assert.Equal(composed.Size, octets);
        Assert.InRange(largest, 1, 128 * 1024);
    }

    [Fact]
    public async Task A_large_file_allocates_next_to_nothing()
    {
        const int Length = 25 * 1024 * 1024;
        var composed = Wire.Compose(Wire.Simple with { Attachments = [Attachment.FromStream("a.bin", _ => ValueTask.FromResult<Stream>(new EndlessZeros(Length)), Length)] });
        var sink = new DiscardingWriter();
        await composed.WriteToAsync(sink, TestContext.Current.CancellationToken); // whatever is made once is made now
        // Nothing waits here, so all of it happens on this thread.
        var (thread, before) = (Environment.CurrentManagedThreadId, GC.GetAllocatedBytesForCurrentThread());
        await composed.WriteToAsync(sink, TestContext.Current.CancellationToken);
        Assert.Equal(thread, Environment.CurrentManagedThreadId);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64 * 1024);
        Assert.Equal(2 * composed.Size, sink.Octets);
    }

    [Fact]
    public async Task A_file_on_disk_is_attached_under_its_name()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var path = Path.Combine(folder.FullName, "Rechnung für Köln.pdf");
            await File.WriteAllBytesAsync(path, [1, 2, 3], TestContext.Current.CancellationToken);
            var attachment = Attachment.FromFile(path);
            Assert.Equal(("Rechnung für Köln.pdf", "application/pdf", 3L), (attachment.FileName, attachment.ContentType, attachment.Length));
            Assert.Equal("other.txt", Attachment.FromFile(path, "other.txt").FileName);
            var writer = new NarrowPipeWriter(4096);
            await Wire.Compose(Wire.Simple with { Attachments = [attachment] }).WriteToAsync(writer, TestContext.Current.CancellationToken);
            Assert.Contains("\r\n\r\nAQID\r\n--", Encoding.ASCII.GetString(writer.Written), StringComparison.Ordinal);
            await using var stream = await attachment.OpenAsync(TestContext.Current.CancellationToken);
            Assert.Equal(1, stream.ReadByte());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void A_file_that_is_not_there_is_refused_when_it_is_attached()
    {
        var e = Assert.Throws<FileNotFoundException>(() => Attachment.FromFile("no/such\r\nfile.pdf"));
        Assert.Contains("no/such\\r\\nfile.pdf", e.Message, StringComparison.Ordinal);
        Assert.Throws<FileNotFoundException>(() => Attachment.FromFile(Path.GetTempPath()));
    }

    [Fact]
    public void A_negative_length_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Attachment.FromStream("a.bin", _ => ValueTask.FromResult(Stream.Null), -1));

    private static string WithoutBoundaries(byte[] wire) =>
        string.Join("\r\n", Encoding.ASCII.GetString(wire).Split("\r\n").Where(line => !line.Contains("=_", StringComparison.Ordinal)));

    private static async Task<(long Octets, long Largest)> CountAsync(PipeReader reader)
    {
        var (octets, largest) = (0L, 0L);
        while (true)
        {
            var result = await reader.ReadAsync();
            octets += result.Buffer.Length;
            largest = Math.Max(largest, result.Buffer.Length);
            reader.AdvanceTo(result.Buffer.End);
            if (result.IsCompleted)
                return (octets, largest);
        }
    }

    /// <summary>Gives few octets at a time, as a network does.</summary>
    private sealed class SlowStream(byte[] octets) : MemoryStream(octets, writable: false)
    {
        public bool IsClosed { get; private set; }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer.Length > 1000 ? buffer[..1000] : buffer, cancellationToken);

        protected override void Dispose(bool disposing)
        {
            IsClosed = true;
            base.Dispose(disposing);
        }
    }

    /// <summary>Has one buffer, as a connection does, and waits for nothing.</summary>
    private sealed class DiscardingWriter : PipeWriter
    {
        private readonly byte[] _buffer = new byte[128 * 1024];
        private int _used;

        public long Octets { get; private set; }

        public override Memory<byte> GetMemory(int sizeHint = 0) => _buffer.AsMemory(_used);

        public override Span<byte> GetSpan(int sizeHint = 0) => _buffer.AsSpan(_used);

        public override void Advance(int bytes)
        {
            _used += bytes;
            Octets += bytes;
        }

        public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
        {
            _used = 0;
            return default;
        }

        public override void CancelPendingFlush()
        {
        }

        public override void Complete(Exception? exception = null)
        {
        }
    }

    private sealed class EndlessZeros(long length) : Stream
    {
        private long _left = length;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var given = (int)Math.Min(count, _left);
            _left -= given;
            Array.Clear(buffer, offset, given);
            return given;
        }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var given = (int)Math.Min(buffer.Length, _left);
            _left -= given;
            buffer.Span[..given].Clear();
            return ValueTask.FromResult(given);
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
