using System.Globalization;
using System.Text.Json;
using Sendwright.Testing;
using Sendwright.Tests.Smtp;

namespace Sendwright.Tests.Cli;

public sealed class ToolTests : IDisposable
{
    private const string Delivers = """
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
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sendwright-tests-");

    [Fact]
    public async Task Send_prints_the_final_reply_and_exits_with_0()
    {
        await using var server = ScriptedSmtpServer.Start(Delivers);

        var run = await ToolRun.OfAsync(["send", "--host", server.Host, "--port", Text(server.Port), "--from", "ann@example.com", "--to", "bob@example.net", "--text", "-"], "Hi from a pipe\n");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("250 2.0.0 queued as 7", run.Output, StringComparison.Ordinal);
        Assert.Contains("Hi from a pipe", Assert.Single(server.Messages), StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', run.Output);
    }

    [Theory]
    [InlineData("From: ann@example.com\r\nTo: bob@example.net\r\n\r\nready\r\n")]
    [InlineData("From: ann@example.com\nTo: bob@example.net\n\nready\n")]
    public async Task Send_raw_sends_a_file_as_it_is_to_whom_its_header_names(string text)
    {
        await using var server = ScriptedSmtpServer.Start(Delivers);
        var file = Path.Combine(_folder.FullName, "message.eml");
        await File.WriteAllTextAsync(file, text, TestContext.Current.CancellationToken);

        var run = await ToolRun.OfAsync(["send", "--host", server.Host, "--port", Text(server.Port), "--raw", file]);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal("From: ann@example.com\r\nTo: bob@example.net\r\n\r\nready\r\n", Assert.Single(server.Messages));
    }

    [Fact]
    public async Task Send_raw_names_what_is_wrong_with_the_file()
    {
        var file = Path.Combine(_folder.FullName, "message.eml");
        await File.WriteAllTextAsync(file, "From: ann@example.com\r\n\r\nmixed\nends\r\n", TestContext.Current.CancellationToken);

        var run = await ToolRun.OfAsync(["send", "--host", "127.0.0.1", "--raw", file, "--to", "bob@example.net"]);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("bare LF", run.Error, StringComparison.Ordinal);
        Assert.Contains(file, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Send_as_JSON_prints_one_object_and_nothing_else()
    {
        await using var server = ScriptedSmtpServer.Start(Delivers);

        var run = await ToolRun.OfAsync(["send", "--host", server.Host, "--port", Text(server.Port), "--from", "ann@example.com", "--to", "bob@example.net", "--json"]);

        using var json = JsonDocument.Parse(run.Output);
        Assert.Equal("250 2.0.0 queued as 7", json.RootElement.GetProperty("reply").GetString());
        Assert.Empty(run.Error);
    }

    [Fact]
    public async Task A_failed_send_prints_the_diagnosis_and_exits_with_1()
    {
        using var closed = new ClosedPort();

        var run = await ToolRun.OfAsync(["send", "--host", "127.0.0.1", "--port", Text(closed.EndPoint.Port), "--from", "ann@example.com", "--to", "bob@example.net", "--json"]);

        Assert.Equal(1, run.ExitCode);
        using var json = JsonDocument.Parse(run.Output);
        Assert.Equal("connection-refused", json.RootElement.GetProperty("findings")[0].GetProperty("code").GetString());
    }

    [Fact]
    public async Task The_JSON_of_doctor_has_every_field_of_the_contract()
    {
        var env = Path.Combine(_folder.FullName, ".env");
        await File.WriteAllLinesAsync(
            env,
            ["MAIL_SERVER=smtp.gmail.com", "MAIL_PORT=587", "MAIL_STARTTLS=True", "MAIL_SSL_TLS=True", "MAIL_USERNAME=ann@gmail.com", $"MAIL_PASSWORD={Sending.Secret}", "MAIL_FROM=ann@gmail.com"],
            TestContext.Current.CancellationToken);

        var run = await ToolRun.OfAsync(["doctor", "--env", env, "--json"]);

        Assert.Equal(1, run.ExitCode);
        using var json = JsonDocument.Parse(run.Output);
        var root = json.RootElement;
        Assert.Equal(
            ["schema", "verdict", "healthy", "elapsedMs", "target", "stages", "findings", "advice", "undecidedBetween", "settings"],
            root.EnumerateObject().Select(property => property.Name));
        Assert.Equal("sendwright.diagnosis/1", root.GetProperty("schema").GetString());
        Assert.Equal("fault", root.GetProperty("verdict").GetString());
        Assert.False(root.GetProperty("healthy").GetBoolean());
        Assert.Equal(["host", "port", "security", "provider", "settingsFrom"], root.GetProperty("target").EnumerateObject().Select(property => property.Name));
        Assert.Equal("gmail", root.GetProperty("target").GetProperty("provider").GetString());
        Assert.Equal(["name", "outcome", "ms", "detail"], root.GetProperty("stages")[0].EnumerateObject().Select(property => property.Name));
        var finding = root.GetProperty("findings")[0];
        Assert.Equal(
            ["code", "certainty", "stage", "title", "explanation", "evidence", "fix", "retry", "references"], finding.EnumerateObject().Select(property => property.Name));
        Assert.Equal("config-conflict", finding.GetProperty("code").GetString());
        Assert.Equal(["text", "setting", "value", "command"], finding.GetProperty("fix")[0].EnumerateObject().Select(property => property.Name));
        Assert.Equal(["kind", "afterSeconds"], finding.GetProperty("retry").EnumerateObject().Select(property => property.Name));
        Assert.Equal("False", root.GetProperty("settings").GetProperty("suggested").GetProperty("MAIL_SSL_TLS").GetString());
        Assert.DoesNotContain(Sending.Secret, run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--password=" + Sending.Secret)]
    [InlineData("--url=smtp://ann:" + Sending.Secret + "@mail.example.com")]
    [InlineData("--Mail:Url=smtp://ann:" + Sending.Secret + "@mail.example.com")]
    [InlineData("--Mail:Password=" + Sending.Secret)]
    [InlineData("--host=smtp://ann:" + Sending.Secret + "@mail.example.com")]
    public async Task A_secret_among_the_arguments_is_refused_and_not_repeated(string argument)
    {
        var run = await ToolRun.OfAsync(["doctor", argument]);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("--password-env", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(Sending.Secret, run.Output + run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_word_that_is_not_understood_is_not_repeated_for_it_may_be_a_secret()
    {
        var run = await ToolRun.OfAsync(["doctor", "--host", "mail.example.com", Sending.Secret, "--pasword=" + Sending.Secret]);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("--pasword", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(Sending.Secret, run.Output + run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--env", "no-such-file.env")]
    [InlineData("--config", "no-such-file.json")]
    public async Task A_settings_file_that_cannot_be_read_is_a_usage_error_that_names_it(string option, string file)
    {
        var run = await ToolRun.OfAsync(["doctor", option, file]);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(file, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_variable_that_is_not_set_is_named()
    {
        var run = await ToolRun.OfAsync(["doctor", "--host", "mail.example.com", "--username", "ann", "--password-env", "SENDWRIGHT_NO_SUCH_VARIABLE"]);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("SENDWRIGHT_NO_SUCH_VARIABLE", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_demo_shows_what_it_says()
    {
        var run = await ToolRun.OfAsync(["demo"]);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("tls-mode-implicit-on-starttls-port", run.Output, StringComparison.Ordinal);
        Assert.Contains("Set MAIL_STARTTLS=True", run.Output, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);
}
