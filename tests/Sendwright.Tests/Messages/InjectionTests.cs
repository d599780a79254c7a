using System.Reflection;

namespace Sendwright.Tests.Messages;

/// <summary>No public string may start a header, a recipient or a part of somebody else's choice. A property that is not listed here fails the first test.</summary>
public sealed class InjectionTests
{
    private static readonly Dictionary<string, Action<string>> Entrances = new()
    {
        ["EmailAddress.Address"] = text => _ = new EmailAddress("ann" + text + "@example.com"),
        ["EmailAddress.Name"] = text => _ = new EmailAddress("ann@example.com", "Ann" + text),
        ["EmailMessage.Subject"] = text => _ = Message with { Subject = "Hi" + text },
        ["EmailMessage.MessageId"] = text => _ = Message with { MessageId = "<1@example.com" + text + ">" },
        ["MailHeader.Name"] = text => _ = new MailHeader("X-" + text, "7"),
        ["MailHeader.Value"] = text => _ = new MailHeader("X-Own", "7" + text),
        ["Attachment.FileName"] = text => _ = Attachment.FromBytes("a" + text + ".pdf", default),
        ["Attachment.ContentType"] = text => _ = Attachment.FromBytes("a.pdf", default, "text/plain" + text),
        ["EmailMessage.InReplyTo"] = text => _ = Message with { InReplyTo = "<1@example.com" + text + ">" },
        ["EmailMessage.FeedbackId"] = text => _ = Message with { FeedbackId = "a:b" + text + ":c" },
        ["ListId.Id"] = text => _ = new ListId("news.example" + text + ".com"),
        ["ListId.Name"] = text => _ = new ListId("news.example.com", "News" + text),
        ["Alternative.ContentType"] = text => _ = new Alternative("text/calendar; method=REQUEST" + text, ""),
        ["Attachment.ContentId"] = text => _ = Attachment.FromBytes("a.pdf", default) with { ContentId = "logo" + text },
    };

    /// <summary>Bodies may hold anything: they are encoded.</summary>
    private static readonly string[] Bodies = ["EmailMessage.Text", "EmailMessage.Html", "Alternative.Text"];

    /// <summary>Follow from Address, which is checked.</summary>
    private static readonly string[] Derived = ["EmailAddress.LocalPart", "EmailAddress.Domain", "EmailAddress.AsciiDomain", "EmailAddress.WireAddress"];

    public static TheoryData<string, string> Injections
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var entrance in Entrances.Keys)
            {
                foreach (var injection in (string[])["\r\nBcc: eve@example.org", "\nBcc: eve@example.org", "\rBcc: eve@example.org", "\0", "\r\n", "\n", "\r\n\r\n<script>", "\r\n "])
                    data.Add(entrance, injection);
            }

            return data;
        }
    }

    private static EmailMessage Message => new() { From = "ann@example.com", To = ["bob@example.net"] };

    [Fact]
    public void Every_public_string_of_a_message_is_tried_here()
    {
        Type[] types = [typeof(EmailAddress), typeof(EmailMessage), typeof(MailHeader), typeof(Attachment), typeof(Alternative), typeof(ListId), typeof(ListUnsubscribe)];
        var strings = types.SelectMany(type => type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.PropertyType == typeof(string)).Select(property => $"{type.Name}.{property.Name}"));
        Assert.Equal(strings.Order(), Entrances.Keys.Concat(Bodies).Concat(Derived).Order());
    }

    [Theory]
    [MemberData(nameof(Injections))]
    public void A_line_end_or_NUL_is_refused_and_shown_without_effect(string entrance, string injection)
    {
        var refusal = Assert.ThrowsAny<Exception>(() => Entrances[entrance](injection));
        Assert.True(refusal is ArgumentException or FormatException, refusal.GetType().Name);
        Assert.DoesNotContain(refusal.Message, char.IsControl);
        Assert.Contains("U+00", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("EmailAddress.Address")]
    [InlineData("EmailAddress.Name")]
    [InlineData("EmailMessage.Subject")]
    [InlineData("EmailMessage.MessageId")]
    [InlineData("MailHeader.Name")]
    [InlineData("MailHeader.Value")]
    [InlineData("Attachment.FileName")]
    [InlineData("Attachment.ContentType")]
    [InlineData("Attachment.ContentId")]
    public void Half_of_a_surrogate_pair_is_refused(string entrance) => Assert.ThrowsAny<Exception>(() => Entrances[entrance]("\ud83d"));
}
