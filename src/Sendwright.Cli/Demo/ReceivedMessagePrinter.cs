using System.Text;
using Sendwright.Cli.Output;
using Sendwright.SmtpServer;

namespace Sendwright.Cli.Demo;

/// <summary>Shows a received message as it came over the wire: the envelope, then the lines, long ones and long runs of them cut.</summary>
internal static class ReceivedMessagePrinter
{
    private const int MostLines = 40;

    public static void Print(ReceivedMessage message, Terminal terminal)
    {
        terminal.Line($"[bold]from[/] {Terminal.Text(message.Sender?.ToString())}  [bold]to[/] {Terminal.Text(string.Join(", ", message.Recipients))}  [grey]({Terminal.Text(Way(message))})[/]\n");
        var lines = Encoding.ASCII.GetString(message.Content.Span).Split("\r\n");
        foreach (var line in lines.Take(MostLines))
            terminal.Line($"    [grey]{Terminal.Text(line)}[/]");
        if (lines.Length > MostLines)
            terminal.Line($"    [grey]... {lines.Length - MostLines} more lines[/]");
    }

    private static string Way(ReceivedMessage message) => $"{message.Session.TlsProtocol?.ToString() ?? "clear text"}, logged in as {message.Session.AuthenticatedUser}";
}
