namespace Sendwright.Tests.Messages;

public sealed class EnvelopeTests
{
    [Fact]
    public void Goes_from_From_to_everyone_once()
    {
        var envelope = Envelope.For(new EmailMessage
        {
            From = "Ann <ann@example.com>",
            To = ["bob@example.net", "Cid <cid@example.net>"],
            Cc = ["Bob <bob@EXAMPLE.NET>", "Bob@example.net", "dee@bücher.example"],
            Bcc = ["eve@example.org", "cid@example.net", "dee@XN--BCHER-KVA.example"],
        });
        Assert.Equal("ann@example.com", envelope.Sender?.Address);
        Assert.Equal(["bob@example.net", "cid@example.net", "Bob@example.net", "dee@bücher.example", "eve@example.org"], envelope.Recipients.Select(recipient => recipient.Address));
    }

    [Fact]
    public void Reports_of_failure_go_to_who_sent_it() =>
        Assert.Equal("office@example.com", Envelope.For(new EmailMessage { From = "ann@example.com", Sender = "office@example.com", To = ["bob@example.net"] }).Sender?.Address);

    [Fact]
    public void A_message_for_nobody_is_refused() =>
        Assert.Contains("EmailMessage.To", Assert.Throws<ArgumentException>(() => Envelope.For(new EmailMessage { From = "ann@example.com" })).Message, StringComparison.Ordinal);
}
