using System.Collections.Concurrent;
using System.Globalization;

namespace Sendwright.Load;

/// <summary>Looks whether a receipt says what it must: the message was taken, for its own recipient, and the reply is that message's and no other's.</summary>
/// <param name="checksReplies">Whether replies are compared: the server has to repeat the recipient, and give an id of its own to each message, as <c>bench/peers/sink.c</c> does.</param>
internal sealed class ReceiptCheck(bool checksReplies)
{
    private readonly ConcurrentDictionary<string, int> _messageOfReply = new();
    private int _accepted;

    /// <summary>How many receipts were right.</summary>
    public int Accepted => Volatile.Read(ref _accepted);

    /// <exception cref="LoadFailedException">The receipt is wrong.</exception>
    public void Take(int number, DeliveryReceipt receipt)
    {
        if (!receipt.Reply.IsPositive || receipt.Recipients is not [{ Accepted: true }])
            throw Wrong(number, receipt, "says that it was not accepted for its one recipient");
        if (checksReplies)
            CheckReply(number, receipt);
        Interlocked.Increment(ref _accepted);
    }

    private void CheckReply(int number, DeliveryReceipt receipt)
    {
        var reply = receipt.Reply.Text;
        if (!reply.EndsWith($"<{LoadRecipient.AddressOf(number)}>", StringComparison.Ordinal))
            throw Wrong(number, receipt, $"does not name its recipient {LoadRecipient.AddressOf(number)}");
        if (!_messageOfReply.TryAdd(reply, number))
            throw Wrong(number, receipt, string.Create(CultureInfo.InvariantCulture, $"is that of message {_messageOfReply[reply]}"));
    }

    private static LoadFailedException Wrong(int number, DeliveryReceipt receipt, string what) =>
        new(string.Create(CultureInfo.InvariantCulture, $"The reply to message {number} {what}: {receipt.Reply}"));
}
