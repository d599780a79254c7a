using System.Text;
using System.Text.Json;
using Sendwright.Doctor.Explain;

namespace Sendwright.Tests.Explain;

/// <summary>No secret that somebody pastes is in any evidence.</summary>
public sealed class PastedSecretsTests
{
    private const string Secret = "Unm1stakable-Secret";

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    public static TheoryData<string> Texts() =>
    [
        $"MAIL_PASSWORD={Secret}",
        $"export MAIL_PASSWORD=\"{Secret}\"",
        $"MAIL_PASSWORD = {Secret} with blanks {Secret}",
        $"'MAIL_PASSWORD': '{Secret}', 'MAIL_PORT': 587",
        $"{{\"auth\": {{ \"user\": \"app\", \"pass\": \"{Secret}\" }}}}",
        $"{{\\\"password\\\": \\\"{Secret}\\\"}}",
        $"EMAIL_HOST_PASSWORD: {Secret}",
        $"ConnectionConfig(MAIL_PASSWORD=SecretStr('{Secret}'))",
        $"  password => \"{Secret}\",",
        $"smtps://app%40example.com:{Secret}@mail.example.org:465",
        $"smtp://app:p@ss/{Secret}@mail.example.org:587/?x=y",
        $"sendgrid://{Secret}@default",
        $"    smtp.login('app@example.com', '{Secret}')",
        $"    smtp.login(user, \"{Secret}\")",
        $"auth := smtp.PlainAuth(\"\", \"app\", \"{Secret}\", host)",
        $"Authorization: Bearer {Secret}{Secret}",
        $"key SG.{Secret}.aaaaaaaaaaaaaaaaaaaaaaa is wrong",
        $"MAIL_PASSWORD\n  Input should be a valid string [type=string_type, input_value={Secret}, input_type=int]",
        $"C: AUTH PLAIN {Base64($"\0app\0{Secret}")}\nS: 535 5.7.8 no",
        $"send: 'AUTH PLAIN {Base64($"\0app\0{Secret}")}\\r\\n'\nreply: b'535 5.7.8 no\\r\\n'",
        $"S: 334 UGFzc3dvcmQ6\nC: {Base64(Secret)}\nS: 535 5.7.8 no",
        $"reply: b'334 UGFzc3dvcmQ6\\r\\n'\nreply: retcode (334); Msg: b'UGFzc3dvcmQ6'\nsend: '{Base64(Secret)}\\r\\n'\nreply: b'535 5.7.8 no\\r\\n'",
        $"334 UGFzc3dvcmQ6\n{Base64(Secret)}\n535 5.7.8 no",
        $">> AUTH LOGIN << 334 VXNlcm5hbWU6 >> YXBw << 334 UGFzc3dvcmQ6 >> {Base64(Secret)} << 535 5.7.8 no",
        $"AUTH XOAUTH2 {Base64($"user=app\u0001auth=Bearer {Secret}\u0001\u0001")}",
    ];

    [Theory]
    [MemberData(nameof(Texts))]
    public void A_pasted_secret_is_masked_before_anything_reads_it(string text)
    {
        var masked = PastedSecrets.Mask(text);

        Assert.DoesNotContain(Secret, masked, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Base64(Secret), masked, StringComparison.Ordinal);
        Assert.DoesNotContain(Base64($"\0app\0{Secret}"), masked, StringComparison.Ordinal);
        Assert.Contains("***", masked, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public void A_pasted_secret_reaches_no_evidence(string text)
    {
        // Each beside failures of every sort, so that whatever quotes the text around them is asked too.
        var whole = $"{text}\n535 5.7.8 {text}\nError: Connection refused {text}\nSMTPException: Connection already using TLS {text}";

        var evidence = JsonSerializer.Serialize(ErrorTextReader.Read(whole));

        Assert.DoesNotContain(Secret, evidence, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("250-AUTH PLAIN LOGIN XOAUTH2 CRAM-MD5")]
    [InlineData("smtplib.SMTPAuthenticationError: (535, b'5.7.8 Username and Password not accepted')")]
    [InlineData("AUTH LOGIN failed")]
    [InlineData("S: 334 UGFzc3dvcmQ6")]
    [InlineData("MAIL_PASSWORD=")]
    [InlineData("password: None")]
    [InlineData("see https://help.example.com/a/b?c=d#e and https://example.com/@user")]
    [InlineData("smtp://app@mail.example.org:587")]
    [InlineData("  File \"/usr/lib/python3.12/site-packages/aiosmtplib/connection.py\", line 1, in connect")]
    public void What_is_no_secret_stays_readable(string text) => Assert.Equal(text, PastedSecrets.Mask(text));
}
