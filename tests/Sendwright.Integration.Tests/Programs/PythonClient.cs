using System.Net;
using System.Text.Json;
using Sendwright.Integration.Tests.Network;

namespace Sendwright.Integration.Tests.Programs;

/// <summary>Python's standard library, the client that this project did not write: what it sees of a server, and what it reads in a message, is taken for the truth.</summary>
internal static class PythonClient
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Runs a program text with one JSON value on standard input and reads one JSON value from standard output.</summary>
    public static async Task<TResult> RunAsync<TResult>(string program, object input, CancellationToken cancellationToken, NetworkNamespace? network = null)
    {
        var call = new ProgramCall(DebianProgram.Python, "-I", "-c", program) { StandardInput = JsonSerializer.Serialize(input, Json), Network = network };
        var result = (await call.RunAsync(cancellationToken)).Successful;
        return JsonSerializer.Deserialize<TResult>(result.Output, Json)!;
    }

    /// <summary>Sends a message with smtplib as far as the server lets it, and tells the last reply.</summary>
    public static Task<SmtpAnswer> SendAsync(SmtpSubmission submission, IPAddress server, int port, string authorityFile, CancellationToken cancellationToken) =>
        RunAsync<SmtpAnswer>(
            Smtplib,
            new
            {
                Host = server.ToString(),
                Port = port,
                Authority = authorityFile,
                submission.Security,
                submission.Username,
                submission.Password,
                submission.From,
                submission.To,
                submission.Message,
            },
            cancellationToken);

    private const string Smtplib = """
        import json, smtplib, ssl, sys

        task = json.load(sys.stdin)
        context = ssl.create_default_context(cafile=task["authority"])
        if task["security"] == "implicit":
            server = smtplib.SMTP_SSL(task["host"], task["port"], timeout=20, context=context)
        else:
            server = smtplib.SMTP(task["host"], task["port"], timeout=20)

        def converse():
            yield "hello", *server.ehlo()
            if task["security"] == "starttls":
                yield "tls", *server.starttls(context=context)
                yield "hello", *server.ehlo()
            if task["username"]:
                try:
                    yield "auth", *server.login(task["username"], task["password"])
                except smtplib.SMTPAuthenticationError as refused:
                    yield "auth", refused.smtp_code, refused.smtp_error
            yield "sender", *server.mail(task["from"])
            yield "recipient", *server.rcpt(task["to"])
            yield "end-of-data", *server.data(task["message"])

        for stage, code, text in converse():
            last = {"stage": stage, "code": code, "text": text.decode()}
            if code >= 400:
                break
        json.dump(last, sys.stdout)
        """;
}
