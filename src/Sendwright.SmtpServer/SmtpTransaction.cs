using System.Buffers;
using Sendwright.Smtp.Wire;

namespace Sendwright.SmtpServer;

/// <summary>One message on its way in: from MAIL to the end of its content (RFC 5321, 3.3).</summary>
internal sealed class SmtpTransaction(MailCommand mail)
{
    // SIZE is a claim: room for a small message at once, for a larger one as it comes.
    private const int MostAtOnce = 64 * 1024;

    private ArrayBufferWriter<byte>? _content;

    public MailCommand Mail => mail;

    public List<SmtpPath> Recipients { get; } = [];

    /// <summary>The reader that all chunks of the message share; null before the first.</summary>
    public ContentReader? Chunks { get; set; }

    public ArrayBufferWriter<byte> Content => _content ??= new ArrayBufferWriter<byte>((int)Math.Clamp(mail.Size ?? 4096, 256, MostAtOnce));

    public bool TakesAddress(SmtpPath? address) => mail.SmtpUtf8 || address is null || address.IsAscii;
}
