using Sendwright.Doctor.ForeignSettings;
using Sendwright.Settings;
using Sendwright.Tests.Settings;

namespace Sendwright.Tests.ForeignSettings;

public sealed class FastApiMailSettingsTests
{
    private const string Healthy = $"""
        # outgoing mail
        MAIL_USERNAME=ann@gmail.com
        MAIL_PASSWORD="{Settle.Secret}"
        MAIL_FROM=ann@gmail.com
        MAIL_FROM_NAME='Ann at Example'
        MAIL_PORT=587
        MAIL_SERVER=smtp.gmail.com
        MAIL_STARTTLS=True
        MAIL_SSL_TLS=False
        USE_CREDENTIALS=True
        VALIDATE_CERTS=True
        TEMPLATE_FOLDER=./templates

        """;

    [Fact]
    public void Reads_a_healthy_file()
    {
        var reading = Read(Healthy);

        var settings = reading.Settings!;
        Assert.Empty(reading.Evidence.Problems);
        Assert.Equal(("smtp.gmail.com", 587, ConnectionSecurity.StartTls), (settings.Host, settings.Port, settings.Security));
        Assert.Equal(("ann@gmail.com", Settle.Secret), (settings.Credentials!.Username, settings.Credentials.Password.Reveal()));
        Assert.Equal("Ann at Example", settings.From!.Name);
        Assert.True(settings.ChecksCertificate);
        Assert.Equal("fastapi-mail .env", reading.Evidence.Source);
        Assert.Equal("MAIL_SERVER", reading.Evidence.Vocabulary.NameOf(SettingKey.Host));
        Assert.Equal(
            [new SettingChange("MAIL_PORT", "465"), new SettingChange("MAIL_STARTTLS", "False"), new SettingChange("MAIL_SSL_TLS", "True")],
            reading.Evidence.Vocabulary.Express(465, ConnectionSecurity.Implicit));
    }

    internal static SettingsReading Read(string text, CommandLineSettings? options = null)
    {
        var file = DotEnvFile.Parse("mail.env", text, _ => null);
        Assert.True(FastApiMailSettings.Fits(file));
        var source = FastApiMailSettings.Source(file);
        return Settle.Checked(options is null ? SettingsInterpreter.Interpret(source) : SettingsInterpreter.Interpret(source, options.ToSource()));
    }
}
