using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Sendwright.Integration.Tests.Programs;
using Sendwright.Integration.Tests.Servers;
using Sendwright.Settings;
using Sendwright.Transport;

namespace Sendwright.Integration.Tests.Dkim;

/// <summary>What we sign is valid for verifiers that others wrote: on this machine, and after a way through a relay.</summary>
public sealed partial class Dkim_signatures(SignedMessagesFixture signed) : IClassFixture<SignedMessagesFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_a_hundred_messages_are_all_valid_for_every_verifier()
    {
        await AssertVerdictsAsync(signed.Messages.ToDictionary(message => message.Name, message => message.Octets), isValid: true);
    }

    [Fact]
    public async Task Of_a_hundred_messages_none_is_valid_once_an_octet_is_changed()
    {
        await AssertVerdictsAsync(signed.Messages.ToDictionary(message => message.Name, Tampered), isValid: false);
    }

    [Fact]
    public async Task Of_a_hundred_messages_are_all_valid_after_a_relay_through_Postfix()
    {
        await using var postfix = await PostfixServer.StartAsync(new MailServerOptions(), Token);
        await using var transport = new SmtpTransport(new MailSettings { Host = postfix.Address.ToString(), Port = MailPort.Plain, Security = ConnectionSecurity.None });
        var envelope = new Envelope { Sender = "sender@example.net", Recipients = [MailAccount.Ann.Address] };
        foreach (var message in signed.Messages)
            await transport.SendAsync(envelope, message.Content, Token);

        var delivered = await postfix.Mailbox(MailAccount.Ann).MessagesAsync(SignedMessages.Count, Token);

        // On disk lines end in LF; whoever verifies behind the delivery has to put that right first (RFC 6376, 5.3).
        var wire = delivered.Select(octets => Encoding.Latin1.GetString(octets).Replace("\n", "\r\n", StringComparison.Ordinal)).ToList();
        Assert.All(wire, message => Assert.StartsWith("Return-Path: ", message, StringComparison.Ordinal));
        await AssertVerdictsAsync(wire.ToDictionary(message => SignedMessages.NameOf(NumberIn(message)), Encoding.Latin1.GetBytes), isValid: true);
    }

    private async Task AssertVerdictsAsync(Dictionary<string, byte[]> messages, bool isValid)
    {
        Assert.Equal(SignedMessages.Count, messages.Count);
        using var folder = new TestFolder();
        foreach (var (name, octets) in messages)
            await File.WriteAllBytesAsync(folder.PathOf(name), octets, Token);
        var expected = signed.Messages.ToDictionary(message => message.Name, message => message.Keys.Select(key => key.ToDnsRecord().Name).Order().ToArray());
        Assert.Contains(expected.Values, keys => keys.Length > 1);

        var wrong = new List<string>();
        foreach (var verifier in DkimVerifier.All)
        {
            var verdicts = await verifier.VerifyAsync(folder.Root, signed.Records, Token);
            foreach (var (name, keys) in expected)
            {
                var found = verdicts[name];
                if (!keys.SequenceEqual(found.Select(verdict => verdict.Key).Order()))
                    wrong.Add($"{verifier.Name}, {name}: signatures of {string.Join(", ", keys)} expected, found {string.Join(", ", found)}");
                wrong.AddRange(found.Where(verdict => verdict.IsValid != isValid).Select(verdict => $"{verifier.Name}, {name}: {verdict}"));
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    /// <summary>Changes the last letter of the body; where it has none, the first of From.</summary>
    private static byte[] Tampered(SignedMessage message)
    {
        var octets = message.Octets.ToArray();
        var body = octets.AsSpan(octets.AsSpan().IndexOf("\r\n\r\n"u8));
        var last = body.LastIndexOfAnyInRange((byte)'a', (byte)'z');
        var from = octets.AsSpan(octets.AsSpan().IndexOf("\r\nFrom:"u8) + "\r\nFrom:".Length);
        var changed = last >= 0 ? body[last..] : from[from.IndexOfAnyInRange((byte)'a', (byte)'z')..];
        changed[0] ^= 1;
        return octets;
    }

    private static int NumberIn(string message) => int.Parse(Number().Match(message).Groups[1].ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex($@"(?m)^{SignedMessages.NumberField}: (\d+)")]
    private static partial Regex Number();
}
