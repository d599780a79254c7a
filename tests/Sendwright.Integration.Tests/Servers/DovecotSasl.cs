using System.Net;
using Sendwright.Integration.Tests.Programs;

namespace Sendwright.Integration.Tests.Servers;

/// <summary>Dovecot without any mail protocol: it checks logins for Postfix through a socket in Postfix's queue folder.</summary>
internal static class DovecotSasl
{
    public static Task<ServerProcess> StartAsync(TestFolder folder, string socket, MailServerOptions options, CancellationToken cancellationToken)
    {
        var passwords = folder.Write("passwords", string.Concat(options.Accounts.Select(account => $"{account.Address}:{{PLAIN}}{account.Password}\n")));
        var configuration = folder.Write("dovecot.conf", $$"""
            protocols =
            base_dir = {{folder.MakeFolder("dovecot")}}
            log_path = /dev/stderr
            ssl = no
            listen = {{IPAddress.Loopback}}
            disable_plaintext_auth = no
            auth_mechanisms = plain login
            # A refused login is answered at once, and the tenth as fast as the first.
            auth_failure_delay = 0
            service anvil {
              unix_listener anvil-auth-penalty {
                mode = 0
              }
            }
            passdb {
              driver = passwd-file
              args = scheme=PLAIN username_format=%u {{passwords}}
            }
            userdb {
              driver = static
              args = uid=nobody gid=nogroup home=/nonexistent
            }
            service auth {
              unix_listener {{socket}} {
                mode = 0660
                user = postfix
                group = postfix
              }
            }

            """);
        return ServerProcess.StartAsync(
            [DebianProgram.Dovecot, "-F", "-c", configuration], readyLine: "starting up without any protocols", network: null, cancellationToken);
    }
}
