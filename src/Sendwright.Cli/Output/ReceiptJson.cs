using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Sendwright.Cli.Output;

/// <summary>Writes a receipt as JSON: <c>sendwright.receipt/1</c>.</summary>
internal static class ReceiptJson
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(DeliveryReceipt receipt)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Options))
        {
            json.WriteStartObject();
            json.WriteString("schema", "sendwright.receipt/1");
            json.WriteString("server", receipt.Server);
            json.WriteString("tls", receipt.Tls);
            json.WriteString("messageId", receipt.MessageId);
            json.WriteString("reply", receipt.Reply.ToString());
            json.WriteStartArray("recipients");
            foreach (var recipient in receipt.Recipients)
            {
                json.WriteStartObject();
                json.WriteString("address", recipient.Address.Address);
                json.WriteBoolean("accepted", recipient.Accepted);
                json.WriteString("reply", recipient.Reply?.ToString());
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteNumber("elapsedMs", (long)receipt.Elapsed.TotalMilliseconds);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
