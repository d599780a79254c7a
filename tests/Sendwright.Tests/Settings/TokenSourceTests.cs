using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Sendwright.Diagnosis;
using Sendwright.Hosting;
using Sendwright.Settings;

namespace Sendwright.Tests.Settings;

public sealed class TokenSourceTests
{
    private static readonly MailTokenSource Source = (_, _) => ValueTask.FromResult(Settle.Secret);

    [Fact]
    public void A_source_in_code_is_the_login_of_the_configured_user()
    {
        var reading = Read(new MailOptions { TokenSource = Source }, ("Host", "smtp.example.com"), ("Username", "ann"));

        Assert.Empty(reading.Evidence.Problems);
        Assert.Equal(("ann", Source), (reading.Settings!.Credentials!.Username, reading.Settings.Credentials.TokenSource));
    }

    [Theory]
    [InlineData("Password", Settle.Secret)]
    [InlineData("PasswordFile", "/nowhere")]
    [InlineData("Url", "smtp://ann:tr0ub4dor-S3CRET@smtp.example.com")]
    public void It_wins_over_a_password_of_the_configuration(string name, string value)
    {
        (string, string)[] server = name == "Url" ? [] : [("Host", "smtp.example.com"), ("Username", "ann")];

        var reading = Read(new MailOptions { TokenSource = Source }, [.. server, (name, value)]);

        Assert.Empty(reading.Evidence.Problems);
        Assert.True(reading.Settings!.Credentials is { Username: "ann", TokenSource: not null, Password.IsEmpty: true });
    }

    [Fact]
    public void A_password_in_the_same_place_contradicts_it()
    {
        var problem = Settle.Only(Settle.Checked(MailSettingsReader.Read(new MailOptions { Host = "smtp.example.com", Username = "ann", Password = Settle.Secret, TokenSource = Source })));

        Assert.Equal((FaultCodes.ConfigConflict, "MailOptions.Password", true), (problem.Code, problem.Name, problem.IsBlocking));
        Assert.Contains("MailOptions.TokenSource", problem.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void It_needs_a_user_name()
    {
        var problem = Settle.Only(Settle.Checked(MailSettingsReader.Read(new MailOptions { Host = "smtp.example.com", TokenSource = Source })));

        Assert.Equal((FaultCodes.ConfigMissing, "MailOptions.Username", true), (problem.Code, problem.Name, problem.IsBlocking));
    }

    [Fact]
    public void Without_one_the_password_is_the_login() =>
        Assert.Null(Settle.Mail(("Host", "smtp.example.com"), ("Username", "ann"), ("Password", Settle.Secret)).Settings!.Credentials!.TokenSource);

    [Fact]
    public void A_source_among_the_services_is_used()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection([new("Mail:Host", "smtp.example.com"), new("Mail:Username", "ann")]);
        builder.Services.AddSingleton(Source);
        builder.Services.AddSendwright(builder.Configuration);
        using var host = builder.Build();

        Assert.Same(Source, host.Services.GetRequiredService<MailSettings>().Credentials!.TokenSource);
    }

    [Fact]
    public void A_source_in_the_options_wins_over_one_among_the_services()
    {
        MailTokenSource own = (_, _) => ValueTask.FromResult("own");
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection([new("Mail:Host", "smtp.example.com"), new("Mail:Username", "ann")]);
        builder.Services.AddSingleton(Source);
        builder.Services.AddSendwright(builder.Configuration, options => options.TokenSource = own);
        using var host = builder.Build();

        Assert.Same(own, host.Services.GetRequiredService<MailSettings>().Credentials!.TokenSource);
    }

    private static SettingsReading Read(MailOptions options, params (string Name, string Value)[] settings) => Settle.Checked(MailSettingsReader.Read(
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(pair => KeyValuePair.Create("Mail:" + pair.Name, (string?)pair.Value))).Build(), options));
}
