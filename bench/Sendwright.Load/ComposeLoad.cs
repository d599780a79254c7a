using Sendwright.Mime;

namespace Sendwright.Load;

/// <summary>Composes messages as fast as one thread can. Making the message from its texts is part of what is timed, as it is for an application.</summary>
internal static class ComposeLoad
{
    public static async Task<LoadResult> RunAsync(int size, int messages, TimeProvider clock, CancellationToken cancellationToken)
    {
        var composer = new MimeComposer(clock);
        var source = new LoadMessages(size);
        var sink = new DiscardingPipeWriter();
        await ComposeAsync(messages / 10, 0);
        var before = sink.Octets;
        var watch = LoadWatch.Start(clock);
        await ComposeAsync(messages, messages);
        return watch.Stop(messages, sink.Octets - before);

        async Task ComposeAsync(int count, int firstNumber)
        {
            for (var number = firstNumber; number < firstNumber + count; number++)
                await composer.Compose(source.Create(number)).WriteToAsync(sink, cancellationToken);
        }
    }
}
