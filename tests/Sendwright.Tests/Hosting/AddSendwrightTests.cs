using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Sendwright.Hosting;
using Sendwright.Testing;

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
    public void Options_in_code_win_over_the_configuration()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection([new("Mail:Host", "smtp.one.example"), new("Mail:Port", "587")]);
        builder.Services.AddSendwright(builder.Configuration, options => options.Host = "smtp.two.example");
        using var host = builder.Build();

        Assert.Equal("smtp.two.example", host.Services.GetRequiredService<Sendwright.Settings.MailSettings>().Host);
    }
}
