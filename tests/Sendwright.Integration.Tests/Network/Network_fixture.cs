using Sendwright.Integration.Tests.Programs;

namespace Sendwright.Integration.Tests.Network;

/// <summary>Proves that the network of the tests drops, refuses and names what the tests that rest on it assume.</summary>
public sealed class Network_fixture
{
    [Fact]
    public async Task Drops_packets_for_the_chosen_ports_and_refuses_the_others()
    {
        await using var network = await NetworkNamespace.CreateAsync(Token);
        await network.DropAsync([25, 587], Token);

        Assert.Equal(["dropped", "dropped", "refused"], await ConnectAsync(network, network.Host.ToString(), 25, 587, 465));
    }

    [Fact]
    public async Task Has_no_way_out()
    {
        await using var network = await NetworkNamespace.CreateAsync(Token);

        Assert.Equal(["Network is unreachable"], await ConnectAsync(network, "203.0.113.1", 587));
    }

    [Fact]
    public async Task Answers_for_one_name_and_denies_every_other()
    {
        await using var network = await NetworkNamespace.CreateAsync(Token);
        await using var names = await NameServer.StartAsync("mail.example.test", network.Host, network, Token);

        Assert.Equal<int[]>([0, 3], await LookUpAsync(network, names.Address.ToString(), "mail.example.test", "smpt.example.test"));
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static Task<string[]> ConnectAsync(NetworkNamespace network, string host, params int[] ports) =>
        PythonClient.RunAsync<string[]>(
            """
            import json, socket, sys

            def outcome(host, port):
                try:
                    socket.create_connection((host, port), timeout=0.5).close()
                    return "connected"
                except TimeoutError:
                    return "dropped"
                except ConnectionRefusedError:
                    return "refused"
                except OSError as error:
                    return error.strerror

            task = json.load(sys.stdin)
            json.dump([outcome(task["host"], port) for port in task["ports"]], sys.stdout)
            """,
            new { host, ports },
            Token,
            network);

    // The response codes (RFC 1035, 4.1.1) to a question for each name's IPv4 address.
    private static Task<int[]> LookUpAsync(NetworkNamespace network, string server, params string[] names) =>
        PythonClient.RunAsync<int[]>(
            """
            import json, socket, struct, sys

            def response_code(server, name):
                labels = b"".join(bytes([len(label)]) + label.encode() for label in name.split("."))
                question = struct.pack(">6H", 1, 0x0100, 1, 0, 0, 0) + labels + b"\0" + struct.pack(">2H", 1, 1)
                with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
                    client.settimeout(5)
                    client.sendto(question, (server, 53))
                    return client.recv(512)[3] & 15

            task = json.load(sys.stdin)
            json.dump([response_code(task["server"], name) for name in task["names"]], sys.stdout)
            """,
            new { server, names },
            Token,
            network);
}
