using System.Net.Mail;
using System.Net.Mime;
using System.Text;
using Sendwright.Load;

namespace Sendwright.Peers.NetMail;

/// <summary>Sends with one <see cref="SmtpClient"/> a connection, which keeps it until it is disposed of.</summary>
internal sealed class NetMailSending(int port, int connections, int size, bool keepsConnections, bool startsTls) : IDisposable
{
    private readonly LoadTexts _texts = new(size);
    private readonly SmtpClient?[] _clients = new SmtpClient?[connections];
    private int _receipts;

    /// <summary>System.Net.Mail gives no receipts; what did not throw was taken.</summary>
    public int Receipts => _receipts;

    public Task RunAsync(int first, int count) =>
        Task.WhenAll(Enumerable.Range(0, connections).Select(own => Task.Run(() => ShareAsync(own, first, first + count))));

    public void Dispose()
    {
        foreach (var client in _clients)
            client?.Dispose();
    }

    private async Task ShareAsync(int own, int first, int end)
    {
        for (var number = first + own; number < end; number += connections)
        {
            var client = _clients[own] ??= new SmtpClient("localhost", port) { EnableSsl = startsTls };
            using var message = Create(number);
            await client.SendMailAsync(message);
            Interlocked.Increment(ref _receipts);
            if (keepsConnections)
                continue;
            client.Dispose();
            _clients[own] = null;
        }
    }

    private MailMessage Create(int number)
    {
        var message = new MailMessage(new MailAddress("shop@example.com", "Müller & Söhne", Encoding.UTF8), new MailAddress(LoadRecipient.AddressOf(number), $"Jörg {number}", Encoding.UTF8))
        {
            Subject = $"Ihre Bestellung für Jörg {number}",
            SubjectEncoding = Encoding.UTF8,
            Body = $"Grüß Gott, Jörg {number}!\r\n{_texts.Text}",
            BodyEncoding = Encoding.UTF8,
        };
        message.Headers.Add("Message-ID", $"<{number}.{Environment.ProcessId}@example.com>");
        message.AlternateViews.Add(AlternateView.CreateAlternateViewFromString($"<p>Grüß Gott, Jörg {number}!</p>\r\n{_texts.Html}", Encoding.UTF8, MediaTypeNames.Text.Html));
        if (_texts.File is not null)
            message.Attachments.Add(new System.Net.Mail.Attachment(new MemoryStream(_texts.File), "Rechnung.pdf", MediaTypeNames.Application.Pdf));
        return message;
    }
}
