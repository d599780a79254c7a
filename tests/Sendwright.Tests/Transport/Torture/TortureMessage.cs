using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using Sendwright.Transport;

namespace Sendwright.Tests.Transport.Torture;

/// <summary>A message that bears its number, so that it can be known wherever it turns up.</summary>
internal sealed class TortureMessage : IMessageContent
{
    private readonly Exception? _failure;
    private readonly int _failsAt;
    private readonly int _piece;

    public TortureMessage(int number, byte[] octets)
    {
        Number = number;
        Octets = octets;
        Envelope = new Envelope { Sender = Ledger.SenderOf(number), Recipients = [Ledger.RecipientOf(number, 0)] };
        _piece = octets.Length;
        Size = octets.Length;
        EndsWithLineEnd = true;
    }

    /// <summary>A message made by chance.</summary>
    public TortureMessage(int number, Random random)
        : this(number, Make(number, random))
    {
        _piece = 1 + random.Next(random.Next(3) == 0 ? 50 : 5000);
        Size = random.Next(8) == 0 ? null : Octets.Length;
        EndsWithLineEnd = random.Next(8) != 0;
        Envelope = Envelope with
        {
            Recipients = [.. Enumerable.Range(0, random.Next(3) == 0 ? 1 + random.Next(5) : 1).Select(index => new EmailAddress(Ledger.RecipientOf(number, index)))],
            AllRecipientsOrNone = random.Next(6) == 0,
        };
        if (random.Next(25) != 0)
            return;
        _failsAt = random.Next(Octets.Length);
        _failure = random.Next(2) == 0 ? new IOException("The disk is on fire.") : new InvalidDataException("The attachment's file is gone.");
    }

    public int Number { get; }

    public byte[] Octets { get; }

    public Envelope Envelope { get; }

    public long? Size { get; }

    public string? MessageId => string.Create(CultureInfo.InvariantCulture, $"<{Number}@app.example.com>");

    public bool IsEightBit => Octets.AsSpan().ContainsAnyInRange((byte)128, (byte)255);

    public bool EndsWithLineEnd { get; }

    /// <summary>Whether it cannot be read to its end.</summary>
    public bool Fails => _failure is not null;

    public async ValueTask WriteToAsync(PipeWriter writer, CancellationToken cancellationToken = default)
    {
        for (var at = 0; at < Octets.Length; at += _piece)
        {
            if (_failure is not null && at + _piece > _failsAt)
                throw _failure;
            if ((await writer.WriteAsync(Octets.AsMemory(at, Math.Min(_piece, Octets.Length - at)), cancellationToken)).IsCompleted)
                return;
        }
    }

    private static byte[] Make(int number, Random random)
    {
        var length = random.Next(20) switch { 0 => random.Next(200_000), < 4 => random.Next(20_000), _ => random.Next(1500) };
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"Message-ID: <{number}@app.example.com>\r\n{Ledger.NumberField}{number}\r\nSubject: torture\r\n\r\n");
        var isEightBit = random.Next(12) == 0;
        while (text.Length < length)
        {
            var line = random.Next(6) switch
            {
                0 => "." + new string('.', random.Next(3)),
                1 => "",
                2 => "QUIT",
                3 => isEightBit ? "ÄÖÜ" : "MAIL FROM:<else@example.com>",
                _ => new string((char)('a' + random.Next(26)), random.Next(200)),
            };
            text.Append(line).Append("\r\n");
        }

        return Encoding.Latin1.GetBytes(text.ToString());
    }
}
