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
            auth_mechanisms = {{string.Join(' ', options.Mechanisms).ToLowerInvariant()}}
            # A refused login is answered at once, and the tenth as fast as the first.
            auth_failure_delay = 0
            service anvil {
              unix_listener anvil-auth-penalty {
                mode = 0
              }
            }
            {{(options.TokenIntrospection is { } introspection ? Tokens(folder, introspection) : "")}}
            passdb {
              driver = passwd-file
              mechanisms = plain login cram-md5 scram-sha-1 scram-sha-256
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

    private static string Tokens(TestFolder folder, string introspection)
    {
        var settings = folder.Write("oauth2.conf", $"""
            introspection_url = {introspection}
            introspection_mode = get
            force_introspection = yes
            username_attribute = username
            active_attribute = active
            active_value = true
            username_format = %u

            """);
        return $$"""
            passdb {
              driver = oauth2
              mechanisms = xoauth2 oauthbearer
              args = {{settings}}
            }
            """;
    }
}
