// Sends composed messages with System.Net.Mail and prints one JSON line.
//
//   send-netmail PORT CONNECTIONS MESSAGES WARM_UP SIZE kept|new none|starttls
//
// It has no implicit TLS. What it trusts comes from SSL_CERT_FILE.
using System.Globalization;
using Sendwright.Peers.NetMail;

if (args is not [_, _, _, _, _, "kept" or "new", "none" or "starttls"])
{
    await Console.Error.WriteLineAsync("usage: send-netmail PORT CONNECTIONS MESSAGES WARM_UP SIZE kept|new none|starttls");
    return 2;
}

var numbers = args[..5].Select(text => int.Parse(text, CultureInfo.InvariantCulture)).ToArray();
var (port, connections, messages, warmUp, size) = (numbers[0], numbers[1], numbers[2], numbers[3], numbers[4]);
using var sending = new NetMailSending(port, connections, size, keepsConnections: args[5] == "kept", startsTls: args[6] == "starttls");
await sending.RunAsync(0, warmUp);
var start = TimeProvider.System.GetTimestamp();
await sending.RunAsync(warmUp, messages);
var seconds = TimeProvider.System.GetElapsedTime(start).TotalSeconds;
await Console.Out.WriteLineAsync(string.Create(
    CultureInfo.InvariantCulture,
    $"{{\"messages\":{messages},\"seconds\":{seconds:F4},\"perSecond\":{messages / seconds:F1},\"receipts\":{sending.Receipts}}}"));
return 0;
