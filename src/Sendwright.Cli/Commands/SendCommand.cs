using System.CommandLine;
using Sendwright.Cli.Arguments;
using Sendwright.Cli.Output;
using Sendwright.Diagnosis;
using Sendwright.Doctor.Rendering;
using Sendwright.Mime;
using Sendwright.Settings;
using Sendwright.Transport;

namespace Sendwright.Cli.Commands;

/// <summary><c>sendwright send</c>: sends one message, or says why it could not.</summary>
internal sealed class SendCommand
{
    private readonly ConnectionOptions _connection = new();
    private readonly ProbeOptions _probe = new("The time for everything together (default: the settings' own, or 15 minutes)");
    private readonly Option<string?> _subject = new("--subject") { Description = "The subject", HelpName = "S" };
    private readonly Option<string?> _text = new("--text") { Description = "The text; - for standard input", HelpName = "T" };
    private readonly Option<string?> _html = new("--html") { Description = "A file with the HTML body", HelpName = "FILE" };
    private readonly Option<string[]> _attach = new("--attach") { Description = "A file to attach; may be given several times", HelpName = "FILE", AllowMultipleArgumentsPerToken = true };
    private readonly Option<string?> _raw = new("--raw") { Description = "A file with a ready-made message, sent as it is; --to and --from replace what its header says", HelpName = "FILE" };
    private readonly Option<bool> _json = new("--json") { Description = "Print the receipt or the diagnosis as one JSON object and nothing else" };

    public Command Build(ToolConsole tool)
    {
        var command = new Command("send", "Send one message. On failure the cause is named, and the exit status is 1.");
        _connection.AddTo(command);
        _probe.AddTo(command);
        Option[] options = [_subject, _text, _html, _attach, _raw, _json];
        foreach (var option in options)
            command.Options.Add(option);
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed, tool, cancellationToken));
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, ToolConsole tool, CancellationToken cancellationToken)
    {
        var reading = _connection.Read(parsed, tool.Input);
        var asJson = parsed.GetValue(_json);
        if (reading.Settings is not { } settings)
            return Failed(Diagnostician.Diagnose(new Evidence.DiagnosisEvidence { Settings = reading.Evidence }), tool, asJson);
        var (envelope, content) = parsed.GetValue(_raw) is { } raw
            ? await ReadRawAsync(parsed, raw, cancellationToken)
            : await ComposeAsync(parsed, settings, tool, cancellationToken);
        var limited = _probe.Timeout(parsed) is { } total ? settings with { Timeouts = settings.Timeouts with { Total = total } } : settings;
        var printer = new ReportPrinter(tool.Output);
        await using var transport = new SmtpTransport(limited, tool.Clock, _probe.Lookup(parsed, tool.Clock)) { OnStage = asJson ? null : printer.Stage };
        try
        {
            using var signer = settings.Dkim.Count > 0 ? new DkimSigner(settings.Dkim, tool.Clock) : null;
            var signed = signer is null ? content : await signer.SignAsync(content, cancellationToken);
            var receipt = await transport.SendAsync(envelope, signed, cancellationToken);
            if (asJson)
                tool.Plain.WriteLine(ReceiptJson.Write(receipt));
            else
                ReceiptPrinter.Print(receipt, tool.Output);
            return receipt.Recipients.All(recipient => recipient.Accepted) ? ExitCode.Ok : ExitCode.Fault;
        }
        catch (MailException e)
        {
            return Failed(e.Diagnosis, tool, asJson);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            // A file changed or went away on the way, or what it holds cannot be signed; nothing was sent then.
            throw new UsageException($"The message could not be read to its end, and was not sent: {e.Message}");
        }
    }

    private static int Failed(DiagnosisReport report, ToolConsole tool, bool asJson)
    {
        if (asJson)
        {
            tool.Plain.WriteLine(DiagnosisJson.Write(report));
        }
        else
        {
            tool.Output.Line();
            new ReportPrinter(tool.Output).Verdict(report);
        }

        return ExitCode.Fault;
    }

    private async Task<(Envelope Envelope, IMessageContent Content)> ReadRawAsync(ParseResult parsed, string file, CancellationToken cancellationToken)
    {
        Option[] composing = [_subject, _text, _html, _attach];
        if (composing.FirstOrDefault(option => parsed.GetResult(option) is not null) is { } other)
            throw new UsageException($"--raw sends a message that is ready, so {other.Name} has no place in it. Give one or the other.");
        var (from, to) = Addresses.Read(parsed, _connection);
        try
        {
            var message = await RawFile.OpenAsync(file, cancellationToken);
            // The header is asked only for what the options leave open.
            var envelope = from is null || to.Count == 0 ? message.ReadEnvelope() : new Envelope { Recipients = to };
            return (new Envelope { Sender = from ?? envelope.Sender, Recipients = to.Count == 0 ? envelope.Recipients : to }, message);
        }
        catch (FormatException e)
        {
            throw new UsageException($"{file}: {e.Message}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{file} cannot be read: {e.Message}");
        }
    }

    private async Task<(Envelope Envelope, IMessageContent Content)> ComposeAsync(ParseResult parsed, MailSettings settings, ToolConsole tool, CancellationToken cancellationToken)
    {
        var (from, to) = Addresses.Read(parsed, _connection);
        if (to.Count == 0)
            throw new UsageException("To whom? Give --to ADDRESS.");
        if ((from ?? settings.From) is not { } sender)
            throw new UsageException($"From whom? Give --from ADDRESS{FromSetting(settings)}.");
        var text = parsed.GetValue(_text);
        if (text == "-")
            text = await tool.Input.ReadToEndAsync(cancellationToken);
        var html = parsed.GetValue(_html) is { } file ? await ReadAsync(file, File.ReadAllTextAsync, cancellationToken) : null;
        try
        {
            var attachments = new List<Attachment>();
            foreach (var path in parsed.GetValue(_attach) ?? [])
                attachments.Add(await AttachAsync(path, cancellationToken));
            var message = new EmailMessage
            {
                From = sender,
                To = to,
                Subject = parsed.GetValue(_subject) ?? "A test message from Sendwright",
                Text = text ?? (html is null ? "This message was sent by `sendwright send`. It arrived, so the settings work.\n" : null),
                Html = html,
                Attachments = attachments,
            };
            return (Envelope.For(message), new MimeComposer(tool.Clock).Compose(message));
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            throw new UsageException(e.Message);
        }
    }

    // A pipe, such as /dev/stdin, has no length beforehand and cannot be read twice; an empty file looks the same.
    private static async Task<Attachment> AttachAsync(string path, CancellationToken cancellationToken) => File.Exists(path) && new FileInfo(path).Length > 0
        ? Attachment.FromFile(path)
        : Attachment.FromBytes(Path.GetFileName(path), await ReadAsync(path, File.ReadAllBytesAsync, cancellationToken));

    private static string FromSetting(MailSettings settings) =>
        settings.Evidence.Vocabulary.NameOf(SettingKey.From) is var name && name.StartsWith("--", StringComparison.Ordinal) ? "" : $", or set {name} in the settings";

    private static async Task<T> ReadAsync<T>(string file, Func<string, CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        try
        {
            return await read(file, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new UsageException($"{file} cannot be read: {e.Message}");
        }
    }
}
