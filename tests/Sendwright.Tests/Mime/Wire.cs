using System.Text;
using Sendwright.Mime;
using Sendwright.Transport;

namespace Sendwright.Tests.Mime;

/// <summary>What a message looks like on the wire.</summary>
internal static class Wire
{
    public static ComposedMessage Compose(EmailMessage message) => new MimeComposer(new FixedTime(FixedTime.Noon)).Compose(message);

    public static byte[] Octets(IMessageContent content, int extra = 4096)
    {
        var writer = new NarrowPipeWriter(extra);
        var writing = content.WriteToAsync(writer, TestContext.Current.CancellationToken);
        Assert.True(writing.IsCompletedSuccessfully, "nothing in a NarrowPipeWriter ever waits");
        return writer.Written;
    }

    public static string Text(EmailMessage message) => Encoding.UTF8.GetString(Octets(Compose(message)));

    /// <summary>The header, unfolded fields only separated by line feeds kept as they are on the wire.</summary>
    public static string Header(EmailMessage message) => Text(message).Split("\r\n\r\n")[0];

    /// <summary>One field as on the wire, folds included.</summary>
    public static string Field(EmailMessage message, string name)
    {
        var lines = Header(message).Split("\r\n");
        var first = Array.FindIndex(lines, line => line.StartsWith(name + ":", StringComparison.Ordinal));
        if (first < 0)
            return "";
        var last = first + 1;
        while (last < lines.Length && lines[last].StartsWith(' '))
            last++;
        return string.Join("\r\n", lines[first..last]);
    }

    public static EmailMessage Simple => new() { From = "ann@example.com", To = ["bob@example.net"] };
}
