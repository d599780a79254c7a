using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Sendwright.Hosting;
using Sendwright.Mime;
using Sendwright.Testing;
using Sendwright.Tests.Mime;
using Sendwright.Tests.Mime.Dkim;
using Sendwright.Transport;

namespace Sendwright.Tests.Hosting;

public sealed class AddSendwrightTests
{
    private static HostApplicationBuilder Application(params (string Key, string Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(settings.Select(pair => new KeyValuePair<string, string?>(pair.Key, pair.Value)));
        builder.Services.AddSendwright(builder.Configuration);
        return builder;
    }

    [Fact]
    public async Task An_application_sends_with_the_settings_of_its_section_Mail()
    {
        await using var server = ScriptedSmtpServer.Start("""
            S: 220 mail.example.com ESMTP
            C: EHLO *
            S: 250 mail.example.com
            C: MAIL FROM:<ann@example.com>
            S: 250 ok
            C: RCPT TO:<bob@example.net>
            S: 250 ok
            C: DATA
            S: 354 go
            DATA
            S: 250 2.0.0 queued as 7
            C: QUIT
            S: 221 bye
            """);
        using var host = Application(("Mail:Host", server.Host), ("Mail:Port", $"{server.Port}")).Build();
        await host.StartAsync(TestContext.Current.CancellationToken);

        var receipt = await host.Services.GetRequiredService<IMailer>().SendAsync(
            new EmailMessage { From = "ann@example.com", To = ["bob@example.net"], Subject = "Hello", Text = "Hi\n" }, TestContext.Current.CancellationToken);

        Assert.Equal("250 2.0.0 queued as 7", receipt.Reply.ToString());
        // Connections are kept: the end of the application is what takes leave.
        await ((IAsyncDisposable)host).DisposeAsync();
        await server.CompleteAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Wrong_settings_stop_the_application_at_start_and_name_every_one()
    {
        using var host = Application(("Mail:Host", "https://smtp.example.com"), ("Mail:Port", "abc"), ("Mail:Username", "ann"), ("Mail:Password", "tr0ub4dor-S3CRET")).Build();

        var failure = await Assert.ThrowsAsync<MailConfigurationException>(() => host.StartAsync(TestContext.Current.CancellationToken));

        Assert.Contains("Mail:Host", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Mail:Port", failure.Message, StringComparison.Ordinal);
        Assert.Contains("\"abc\"", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("tr0ub4dor-S3CRET", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_routes_the_next_one_takes_what_the_first_cannot()
    {
        using var closed = new ClosedPort();
        await using var server = ScriptedSmtpServer.Start("""
            S: 220 mail.example.com ESMTP
            C: EHLO app.example.com
            S: 250 mail.example.com
            C: MAIL FROM:<ann@example.com>
            S: 250 ok
            C: RCPT TO:<bob@example.net>
            S: 250 ok
            C: DATA
            S: 354 go
            DATA
            S: 250 2.0.0 queued as 7
            C: QUIT
            S: 221 bye
            """);
        using var host = Application(
            ("Mail:LocalName", "app.example.com"), ("Mail:Routes:first:Host", "127.0.0.1"), ("Mail:Routes:first:Port", $"{closed.Port}"),
            ("Mail:Routes:second:Host", server.Host), ("Mail:Routes:second:Port", $"{server.Port}"), ("Mail:Routes:second:Order", "1"),
            ("Mail:Dkim:Domain", "example.com"), ("Mail:Dkim:Selector", "s1"), ("Mail:Dkim:Key", Keys.Rsa.ExportPkcs8PrivateKeyPem())).Build();
        await host.StartAsync(TestContext.Current.CancellationToken);

        var receipt = await SendAsync(host);

        Assert.Equal(("second", "first"), (receipt.Route, Assert.Single(receipt.OtherRoutes).Route));
        Assert.Contains("DKIM-Signature", Assert.Single(server.Messages), StringComparison.Ordinal);
        await ((IAsyncDisposable)host).DisposeAsync();
        await server.CompleteAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_wrong_setting_of_any_route_stops_the_application_at_start()
    {
        using var host = Application(("Mail:Routes:one:Host", "smtp.one.example"), ("Mail:Routes:two:Host", "http://smtp.two.example"), ("Mail:Routes:two:Weight", "x")).Build();

        var failure = await Assert.ThrowsAsync<MailConfigurationException>(() => host.StartAsync(TestContext.Current.CancellationToken));

        Assert.Contains("Mail:Routes:two:Host", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Mail:Routes:two:Weight", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_routes_transport_is_disposed_with_the_application_and_a_single_one_is_made_without_routes()
    {
        using var single = Application(("Mail:Host", "smtp.example.com")).Build();
        Assert.IsType<SmtpTransport>(single.Services.GetRequiredService<IMailTransport>());
        var several = Application(("Mail:Routes:one:Host", "smtp.one.example")).Build();
        var transport = Assert.IsType<FailoverTransport>(several.Services.GetRequiredService<IMailTransport>());

        Assert.Throws<InvalidOperationException>(() => several.Services.GetRequiredService<Sendwright.Settings.MailSettings>());
        several.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => transport.SendAsync(new Envelope { Recipients = ["bob@example.net"] }, new Sendwright.Mime.MimeComposer(TimeProvider.System).Compose(Sendwright.Tests.Smtp.Sending.Message), TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Options_in_code_win_over_the_configuration()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection([new("Mail:Host", "smtp.one.example"), new("Mail:Port", "587")]);
        builder.Services.AddSendwright(builder.Configuration, options => options.Host = "smtp.two.example");
        using var host = builder.Build();

        Assert.Equal("smtp.two.example", host.Services.GetRequiredService<Sendwright.Settings.MailSettings>().Host);
    }

    [Fact]
    public async Task A_DKIM_key_in_the_settings_signs_what_is_sent()
    {
        var transport = new KeepingTransport();
        var builder = Application(("Mail:Host", "smtp.example.com"), ("Mail:Dkim:Domain", "example.com"), ("Mail:Dkim:Selector", "s1"), ("Mail:Dkim:Key", Keys.Rsa.ExportPkcs8PrivateKeyPem()));
        builder.Services.AddSingleton<IMailTransport>(transport);
        using var host = builder.Build();

        await SendAsync(host);

        Assert.True(Verifier.IsValid(transport.Sent!, Keys.Example));
    }

    [Fact]
    public async Task A_signer_among_the_services_wins_over_the_settings()
    {
        var transport = new KeepingTransport();
        var builder = Application(("Mail:Host", "smtp.example.com"), ("Mail:Dkim:Domain", "example.com"), ("Mail:Dkim:Selector", "s1"), ("Mail:Dkim:Key", Keys.Rsa.ExportPkcs8PrivateKeyPem()));
        builder.Services.AddSingleton<IMailTransport>(transport);
        builder.Services.AddSingleton(new DkimSigner([Keys.Small]));
        using var host = builder.Build();

        await SendAsync(host);

        Assert.Equal("small", Verifier.Tags(transport.Sent!)["s"]);
    }

    [Fact]
    public async Task Without_a_DKIM_key_nothing_is_signed()
    {
        var transport = new KeepingTransport();
        var builder = Application(("Mail:Host", "smtp.example.com"));
        builder.Services.AddSingleton<IMailTransport>(transport);
        using var host = builder.Build();

        await SendAsync(host);

        Assert.DoesNotContain("DKIM-Signature", System.Text.Encoding.UTF8.GetString(transport.Sent!), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_DKIM_key_stops_the_application_at_start()
    {
        using var host = Application(("Mail:Host", "smtp.example.com"), ("Mail:Dkim:Domain", "example.com"), ("Mail:Dkim:Selector", "s1"), ("Mail:Dkim:KeyFile", "/nowhere/s1.pem")).Build();

        var failure = await Assert.ThrowsAsync<MailConfigurationException>(() => host.StartAsync(TestContext.Current.CancellationToken));

        Assert.Contains("Mail:Dkim:KeyFile = \"/nowhere/s1.pem\"", failure.Message, StringComparison.Ordinal);
    }

    private static Task<DeliveryReceipt> SendAsync(IHost host) => host.Services.GetRequiredService<IMailer>().SendAsync(
        new EmailMessage { From = "ann@example.com", To = ["bob@example.net"], Subject = "Hello", Text = "Hi\n" }, TestContext.Current.CancellationToken);

    /// <summary>Keeps the last message.</summary>
    private sealed class KeepingTransport : IMailTransport
    {
        public byte[]? Sent { get; private set; }

        public Task<DeliveryReceipt> SendAsync(Envelope envelope, IMessageContent content, CancellationToken cancellationToken = default)
        {
            Sent = Wire.Octets(content);
            return Task.FromResult<DeliveryReceipt>(null!);
        }
    }
}
