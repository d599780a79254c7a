using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Sendwright.Hosting;
using Sendwright.Templates;
using Sendwright.Tests.Mime;
using Sendwright.Transport;

namespace Sendwright.Tests.Templates;

public sealed class TextFromHtmlTests
{
    private static readonly EmailMessage HtmlOnly = new() { From = "ann@example.com", To = ["bob@example.net"], Subject = "Hello", Html = "<p>Good <b>morning</b></p>" };

    [Fact]
    public void A_message_with_HTML_only_gets_a_text() => Assert.Equal("Good morning\n", HtmlOnly.WithTextFromHtml().Text);

    [Fact]
    public void A_text_of_its_own_stays_also_an_empty_one()
    {
        Assert.Equal("Mine", (HtmlOnly with { Text = "Mine" }).WithTextFromHtml().Text);
        Assert.Equal("", (HtmlOnly with { Text = "" }).WithTextFromHtml().Text);
    }

    [Fact]
    public void Without_HTML_or_without_anything_to_say_there_is_no_text()
    {
        Assert.Null((HtmlOnly with { Html = null }).WithTextFromHtml().Text);
        Assert.Null((HtmlOnly with { Html = "<img src='cid:1'>" }).WithTextFromHtml().Text);
    }

    [Fact]
    public void The_width_is_that_of_the_options() =>
        Assert.Equal("twenty letters are\nthe width\n", (HtmlOnly with { Html = "twenty letters are the width" }).WithTextFromHtml(new HtmlTextOptions { Width = 20 }).Text);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Every_message_of_an_application_gets_its_text(bool isAddedFirst)
    {
        var transport = new KeepingTransport();
        var services = new ServiceCollection().AddSingleton<IMailTransport>(transport);
        if (isAddedFirst)
            services.AddTextFromHtml();
        services.AddSendwright(new ConfigurationBuilder().AddInMemoryCollection([new("Mail:Host", "smtp.example.com")]).Build());
        if (!isAddedFirst)
            services.AddTextFromHtml();
        await using var provider = services.BuildServiceProvider();

        await provider.GetRequiredService<IMailer>().SendAsync(HtmlOnly, TestContext.Current.CancellationToken);

        Assert.Contains("multipart/alternative", transport.Sent, StringComparison.Ordinal);
        Assert.Contains("\r\n\r\nGood morning\r\n", transport.Sent, StringComparison.Ordinal);
        Assert.Contains("<p>Good <b>morning</b></p>", transport.Sent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Preparations_come_one_after_the_other_and_before_the_envelope()
    {
        var transport = new KeepingTransport();
        var mailer = new Mailer(transport, preparations: [message => message with { Html = "<p>new</p>", Bcc = ["log@example.com"] }, message => message.WithTextFromHtml()]);

        await mailer.SendAsync(HtmlOnly, TestContext.Current.CancellationToken);

        Assert.Contains("\r\n\r\nnew\r\n", transport.Sent, StringComparison.Ordinal);
        Assert.Contains("log@example.com", transport.Envelope!.Recipients.Select(recipient => recipient.Address));
    }

    [Fact]
    public async Task A_preparation_that_returns_nothing_is_named()
    {
        var mailer = new Mailer(new KeepingTransport(), preparations: [_ => null!]);

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => mailer.SendAsync(HtmlOnly, TestContext.Current.CancellationToken));

        Assert.Contains("MessagePreparation", failure.Message, StringComparison.Ordinal);
    }

    private sealed class KeepingTransport : IMailTransport
    {
        public string? Sent { get; private set; }

        public Envelope? Envelope { get; private set; }

        public Task<DeliveryReceipt> SendAsync(Envelope envelope, IMessageContent content, CancellationToken cancellationToken = default)
        {
            (Envelope, Sent) = (envelope, Encoding.ASCII.GetString(Wire.Octets(content)));
            return Task.FromResult<DeliveryReceipt>(null!);
        }
    }
}
