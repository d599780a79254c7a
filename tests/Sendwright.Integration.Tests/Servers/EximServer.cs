using System.Net;
using Sendwright.Integration.Tests.Programs;
using Sendwright.Testing;

namespace Sendwright.Integration.Tests.Servers;

/// <summary>
/// A real Exim with its own configuration, spool and mailboxes. Its package conflicts with Postfix's, so it is unpacked, not installed.
/// </summary>
internal sealed class EximServer : IAsyncDisposable
{
    public const string HostName = PostfixServer.HostName;

    // Exim asks for its user by name, and only the installed package would make it.
    private const string User = "Debian-exim";
    private const string UserId = "64999";

    private readonly TestFolder _folder;
    private readonly TestCertificates _certificates;
    private readonly ServerProcess _exim;

    private EximServer(IPAddress address, TestFolder folder, TestCertificates certificates, ServerProcess exim)
    {
        Address = address;
        _folder = folder;
        _certificates = certificates;
        _exim = exim;
    }

    /// <summary>Where it listens, on all ports of <see cref="MailPort"/>.</summary>
    public IPAddress Address { get; }

    /// <summary>The certificate that a client has to trust.</summary>
    public string AuthorityFile => _folder.PathOf("server.ca.pem");

    /// <summary>What the server has logged.</summary>
    public string Log => _exim.Output;

    public Maildir Mailbox(MailAccount account) => new(_folder.PathOf($"mail/{account.LocalPart}"));

    public static async Task<EximServer> StartAsync(MailServerOptions options, CancellationToken cancellationToken)
    {
        DebianProgram.RequireRoot();
        var address = options.NewAddress();
        var folder = new TestFolder();
        var certificates = new TestCertificates();
        try
        {
            await MakeFoldersAsync(folder, options, cancellationToken);
            var files = await options.Certificate(certificates, [HostName, address.ToString()]).WriteToAsync(folder.Root, cancellationToken: cancellationToken);
            // Exim reads the key as its own user, for each connection anew.
            File.SetUnixFileMode(files.KeyFile, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
            var configuration = WriteConfiguration(folder, address, files, options);
            var exim = await ServerProcess.StartAsync(
                [.. InItsWorld(folder), DebianProgram.Exim, "-C", configuration, "-bdf", "-oP", folder.PathOf("exim.pid")],
                readyLine: "daemon started",
                options.Network,
                cancellationToken);
            return new EximServer(address, folder, certificates, exim);
        }
        catch
        {
            certificates.Dispose();
            folder.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _exim.DisposeAsync();
        _certificates.Dispose();
        _folder.Dispose();
    }

    // Exim writes its log into files only; `tail` brings it to where the test listens.
    // The server runs in a mount namespace of its own, in which these two files have one line more than the machine's.
    private static IReadOnlyList<string> InItsWorld(TestFolder folder)
    {
        var users = folder.Write("passwd", File.ReadAllText("/etc/passwd") + $"{User}:x:{UserId}:{UserId}::/nonexistent:/usr/sbin/nologin\n");
        var groups = folder.Write("group", File.ReadAllText("/etc/group") + $"{User}:x:{UserId}:\n");
        var log = folder.PathOf("spool/mainlog");
        return ["sh", "-c", $"""
            mount --bind {users} /etc/passwd
            mount --bind {groups} /etc/group
            install -o {User} -g {User} -m 0600 /dev/null {log}
            tail -f {log} &
            exec "$@"
            """, "sh"];
    }

    private static async Task MakeFoldersAsync(TestFolder folder, MailServerOptions options, CancellationToken cancellationToken)
    {
        var mailboxes = options.Accounts.Select(account => $"mail/{account.LocalPart}").SelectMany(box => new[] { box, $"{box}/cur", $"{box}/new", $"{box}/tmp" });
        IEnumerable<string> paths = ["spool", "mail", .. mailboxes];
        _ = (await new ProgramCall("install", ["-d", "-o", UserId, "-g", UserId, "-m", "0700", .. paths.Select(folder.PathOf)]).RunAsync(cancellationToken)).Successful;
    }

    private static string WriteConfiguration(TestFolder folder, IPAddress address, TestCertificateFiles certificate, MailServerOptions options)
    {
        var passwords = folder.Write("passwords", string.Concat(options.Accounts.Select(account => $"{account.Address}: {account.Password}\n")));
        var mailboxes = folder.Write("mailboxes", string.Concat(options.Accounts.Select(account => $"{account.LocalPart}: {account.LocalPart}\n")));
        var settings = $"""
            exim_path = {DebianProgram.Exim}
            spool_directory = {folder.PathOf("spool")}
            log_file_path = {folder.PathOf("spool")}/%slog
            primary_hostname = {HostName}
            local_interfaces = {address}
            daemon_smtp_ports = {MailPort.Plain} : {MailPort.Submission} : {MailPort.ImplicitTls}
            tls_on_connect_ports = {MailPort.ImplicitTls}
            tls_certificate = {certificate.CertificateFile}
            tls_privatekey = {certificate.KeyFile}
            message_size_limit = {options.MessageSizeLimit}
            domainlist local_domains = {MailAccount.Domain}
            PLAIN_PORT = {MailPort.Plain}
            CLEAR_TEXT_PORTS = {(options.RequireStartTls ? MailPort.Plain : $"{MailPort.Plain} : {MailPort.Submission}")}
            PASSWORDS = {passwords}
            MAILBOXES = {mailboxes}
            MAIL_FOLDER = {folder.PathOf("mail")}

            """;
        var extra = string.Concat(options.Extra.Select(setting => $"{setting.Key} = {setting.Value}\n"));
        return folder.Write("exim.conf", settings + extra + Behaviour);
    }

    // Words in capitals are macros, defined above.
    private const string Behaviour = """
        keep_environment =
        host_lookup =
        rfc1413_hosts =
        MAY_SPEAK = or{{def:tls_in_cipher}{inlist{$received_port}{CLEAR_TEXT_PORTS}}}
        tls_advertise_hosts = ${if eq{$received_port}{PLAIN_PORT}{}{*}}
        auth_advertise_hosts = ${if or{{def:tls_in_cipher}{eq{$received_port}{PLAIN_PORT}}}{*}{}}
        acl_smtp_mail = mail
        acl_smtp_rcpt = recipient
        acl_smtp_data = accept

        begin acl
        mail:
          accept condition = ${if MAY_SPEAK}
          deny message = 530 5.7.0 Must issue a STARTTLS command first
        recipient:
          accept authenticated = *
                 domains = !+local_domains
          require message = relay not permitted
                  domains = +local_domains
          require verify = recipient
          accept

        begin routers
        mailbox:
          driver = accept
          domains = +local_domains
          local_parts = lsearch;MAILBOXES
          transport = maildir
        # Mail for everywhere else goes into nothing: no test ever writes to the world.
        nowhere:
          driver = redirect
          domains = !+local_domains
          data = :blackhole:

        begin transports
        maildir:
          driver = appendfile
          directory = MAIL_FOLDER/$local_part_data
          maildir_format
          user = Debian-exim

        begin authenticators
        plain:
          driver = plaintext
          public_name = PLAIN
          server_set_id = $auth2
          server_condition = ${if and{{!eq{$auth3}{}}{eq{$auth3}{${lookup{$auth2}lsearch{PASSWORDS}}}}}}
        login:
          driver = plaintext
          public_name = LOGIN
          server_prompts = Username:: : Password::
          server_set_id = $auth1
          server_condition = ${if and{{!eq{$auth2}{}}{eq{$auth2}{${lookup{$auth1}lsearch{PASSWORDS}}}}}}

        """;
}
