using System.Net;
using Sendwright.Integration.Tests.Programs;
using Sendwright.Testing;

namespace Sendwright.Integration.Tests.Servers;

/// <summary>
/// A real Postfix with its own configuration, queue and mailboxes, and Dovecot behind it for logins. The machine's own Postfix is neither read nor changed.
/// </summary>
internal sealed class PostfixServer : IAsyncDisposable
{
    public const string HostName = $"mail.{MailAccount.Domain}";

    // Debian's `nobody` and `nogroup`: whoever delivers into the mailboxes.
    private const string MailboxUser = "65534";

    private readonly TestFolder _folder;
    private readonly TestCertificates _certificates;
    private readonly ServerProcess _dovecot;
    private readonly ServerProcess _postfix;

    private PostfixServer(IPAddress address, TestFolder folder, TestCertificates certificates, ServerProcess dovecot, ServerProcess postfix)
    {
        Address = address;
        _folder = folder;
        _certificates = certificates;
        _dovecot = dovecot;
        _postfix = postfix;
    }

    /// <summary>Where it listens, on all ports of <see cref="MailPort"/>.</summary>
    public IPAddress Address { get; }

    /// <summary>The certificate that a client has to trust.</summary>
    public string AuthorityFile => _folder.PathOf("server.ca.pem");

    /// <summary>What the servers have logged.</summary>
    public string Log => _postfix.Output + "\n" + _dovecot.Output;

    public Maildir Mailbox(MailAccount account) => new(_folder.PathOf($"mail/{account.LocalPart}"));

    public static async Task<PostfixServer> StartAsync(MailServerOptions options, CancellationToken cancellationToken)
    {
        DebianProgram.RequireRoot();
        var address = options.NewAddress();
        var folder = new TestFolder();
        var certificates = new TestCertificates();
        ServerProcess? dovecot = null;
        try
        {
            await MakeFoldersAsync(folder, options, cancellationToken);
            var files = await options.Certificate(certificates, [HostName, address.ToString()]).WriteToAsync(folder.Root, cancellationToken: cancellationToken);
            WriteConfiguration(folder, address, files, options);
            dovecot = await DovecotSasl.StartAsync(folder, folder.PathOf("queue/private/auth"), options, cancellationToken);
            var postfix = await ServerProcess.StartAsync(
                [DebianProgram.PostfixMaster, "-c", folder.PathOf("etc"), "-s"], readyLine: "daemon started", options.Network, cancellationToken);
            return new PostfixServer(address, folder, certificates, dovecot, postfix);
        }
        catch
        {
            if (dovecot is not null)
                await dovecot.DisposeAsync();
            certificates.Dispose();
            folder.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _postfix.DisposeAsync();
        await _dovecot.DisposeAsync();
        _certificates.Dispose();
        _folder.Dispose();
    }

    // What `postfix set-permissions` would do, for this queue only: that command also touches the files of the package.
    private static async Task MakeFoldersAsync(TestFolder folder, MailServerOptions options, CancellationToken cancellationToken)
    {
        string[] queues = ["active", "bounce", "corrupt", "defer", "deferred", "flush", "hold", "incoming", "private", "saved", "trace"];
        await MakeAsync("postfix", "root", "0700", ["data", .. queues.Select(name => $"queue/{name}")]);
        await MakeAsync("postfix", "postdrop", "0730", ["queue/maildrop", "queue/public"]);
        await MakeAsync("root", "root", "0755", ["etc", "queue/pid"]);
        var mailboxes = options.Accounts.Select(account => $"mail/{account.LocalPart}").ToArray();
        await MakeAsync(MailboxUser, MailboxUser, "0700", ["mail", .. mailboxes.SelectMany(box => new[] { box, $"{box}/cur", $"{box}/new", $"{box}/tmp" })]);

        async Task MakeAsync(string owner, string group, string mode, IEnumerable<string> names) =>
            _ = (await new ProgramCall("install", ["-d", "-o", owner, "-g", group, "-m", mode, .. names.Select(folder.PathOf)]).RunAsync(cancellationToken)).Successful;
    }

    private static void WriteConfiguration(TestFolder folder, IPAddress address, TestCertificateFiles certificate, MailServerOptions options)
    {
        var users = folder.Write("users", string.Concat(options.Accounts.Select(account => $"{account.Address} {account.LocalPart}/\n")));
        var main = folder.Write("etc/main.cf", $"""
            compatibility_level = 3.6
            myhostname = {HostName}
            queue_directory = {folder.PathOf("queue")}
            data_directory = {folder.PathOf("data")}
            maillog_file = /dev/stdout
            inet_protocols = ipv4
            inet_interfaces = loopback-only
            message_size_limit = {options.MessageSizeLimit}
            # Mail for the accounts goes into their mailboxes, for everywhere else into nothing: no test ever writes to the world.
            mydestination =
            alias_maps =
            local_recipient_maps =
            virtual_mailbox_domains = {MailAccount.Domain}
            virtual_mailbox_maps = texthash:{users}
            virtual_mailbox_base = {folder.PathOf("mail")}
            virtual_uid_maps = static:{MailboxUser}
            virtual_gid_maps = static:{MailboxUser}
            default_transport = discard
            # Nobody is trusted for their address: who relays has logged in.
            mynetworks =
            smtpd_relay_restrictions = permit_sasl_authenticated, reject_unauth_destination
            smtpd_sasl_auth_enable = yes
            smtpd_sasl_type = dovecot
            smtpd_sasl_path = private/auth
            smtpd_tls_cert_file = {certificate.CertificateFile}
            smtpd_tls_key_file = {certificate.KeyFile}
            smtpd_error_sleep_time = 0

            """ + string.Concat(options.Extra.Select(setting => $"{setting.Key} = {setting.Value}\n")));
        // Postfix pauses for two seconds on a file that has just been written, lest it reads half of it.
        foreach (var file in new[] { main, users })
            File.SetLastWriteTimeUtc(file, DateTime.UnixEpoch);

        var submission = options.RequireStartTls ? "encrypt" : "may";
        folder.Write("etc/master.cf", $"""
            {address}:{MailPort.Plain} inet n - n - - smtpd -o smtpd_tls_security_level=none
            {address}:{MailPort.Submission} inet n - n - - smtpd -o smtpd_tls_security_level={submission} -o smtpd_tls_auth_only=yes
            {address}:{MailPort.ImplicitTls} inet n - n - - smtpd -o smtpd_tls_wrappermode=yes
            anvil   unix - - n - 1 anvil
            bounce  unix - - n - 0 bounce
            cleanup unix n - n - 0 cleanup
            defer   unix - - n - 0 bounce
            discard unix - - n - - discard
            error   unix - - n - - error
            postlog unix-dgram n - n - 1 postlogd
            qmgr    unix n - n 300 1 qmgr
            retry   unix - - n - - error
            rewrite unix - - n - - trivial-rewrite
            tlsmgr  unix - - n 1000? 1 tlsmgr
            trace   unix - - n - 0 bounce
            virtual unix - n n - - virtual

            """);
    }
}
