using System.Globalization;
using static Sendwright.Cli.Output.Terminal;

namespace Sendwright.Cli.Output;

/// <summary>Prints a receipt for a person.</summary>
internal static class ReceiptPrinter
{
    public static void Print(DeliveryReceipt receipt, Terminal terminal)
    {
        terminal.Line();
        terminal.Line(string.Create(
            CultureInfo.InvariantCulture, $"[green]Sent[/] to {Text(receipt.Server)} over {Text(receipt.Tls ?? "a clear connection")} ({receipt.Elapsed.TotalSeconds:0.0} s)."));
        terminal.Line($"  {Text(receipt.Reply.ToString())}");
        // A ready-made message may have none.
        if (receipt.MessageId is { } messageId)
            terminal.Line($"  [grey]Message-ID: {Text(messageId)}[/]");
        foreach (var refused in receipt.Recipients.Where(recipient => !recipient.Accepted))
            terminal.Line($"[red]Refused[/] for {Text(refused.Address.Address)}: {Text(refused.Reply?.ToString())}");
    }
}
