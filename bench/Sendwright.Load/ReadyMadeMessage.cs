using System.Text;

namespace Sendwright.Load;

/// <summary>A message that is ready to be sent, of exactly the wanted size: what is measured is the sending alone.</summary>
internal static class ReadyMadeMessage
{
    /// <summary>Room for the header and a line.</summary>
    public const int SmallestSize = 512;

    private const string Header =
        "From: Shop <shop@example.com>\r\nTo: undisclosed-recipients:;\r\nSubject: Your order\r\nMessage-ID: <ready-made@example.com>\r\n" +
        "Date: Sun, 22 Nov 2026 10:00:00 +0000\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=us-ascii\r\n\r\n";

    private const string Line = "the order was sent today and will reach you within three working days\r\n";

    public static RawMessage OfSize(int size)
    {
        var message = new StringBuilder(Header, size);
        // The last line takes what is left. No line is so short that its CRLF has no room.
        while (size - message.Length >= 2 * Line.Length)
            message.Append(Line);
        message.Append('x', size - message.Length - 2).Append("\r\n");
        return RawMessage.FromBytes(Encoding.ASCII.GetBytes(message.ToString()));
    }
}
