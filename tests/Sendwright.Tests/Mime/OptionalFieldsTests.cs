namespace Sendwright.Tests.Mime;

public sealed class OptionalFieldsTests
{
    [Fact]
    public void None_of_them_is_written_unasked()
    {
        var header = Wire.Header(Wire.Simple with { Subject = "Hi", Text = "x" });
        foreach (var name in (string[])["In-Reply-To", "References", "Priority", "Importance", "Auto-Submitted", "List-", "Feedback-ID"])
            Assert.DoesNotContain(name, header, StringComparison.Ordinal);
    }

    [Fact]
    public void An_answer_names_what_it_answers_and_the_conversation()
    {
        var answer = Wire.Simple with { InReplyTo = "b@example.com", References = ["<a@example.com>", "b@example.com"] };
        Assert.Equal("In-Reply-To: <b@example.com>", Wire.Field(answer, "In-Reply-To"));
        Assert.Equal("References: <a@example.com> <b@example.com>", Wire.Field(answer, "References"));
        Assert.Equal("References: <b@example.com>", Wire.Field(Wire.Simple with { InReplyTo = "b@example.com" }, "References"));
    }

    [Fact]
    public void A_long_conversation_is_folded_between_its_ids()
    {
        var field = Wire.Field(Wire.Simple with { References = [.. Enumerable.Range(0, 50).Select(number => $"message-number-{number}@mail.example.com")] }, "References");
        Assert.Equal(50, field.Count(character => character == '<'));
        Assert.All(field.Split("\r\n"), line => Assert.InRange(line.Length, 1, 76));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b@example.com")]
    [InlineData("<a@example.com> <b@example.com>")]
    [InlineData("ä@example.com")]
    public void What_is_no_id_is_refused(string id)
    {
        Assert.Contains("InReplyTo", Assert.Throws<ArgumentException>(() => Wire.Simple with { InReplyTo = id }).Message, StringComparison.Ordinal);
        Assert.Contains("References", Assert.Throws<ArgumentException>(() => Wire.Simple with { References = [id] }).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(MessagePriority.High, "X-Priority: 1 (Highest)\r\nImportance: high\r\nPriority: urgent\r\n")]
    [InlineData(MessagePriority.Low, "X-Priority: 5 (Lowest)\r\nImportance: low\r\nPriority: non-urgent\r\n")]
    public void Priority_is_said_in_all_three_ways(MessagePriority priority, string expected) =>
        Assert.Contains(expected, Wire.Text(Wire.Simple with { Priority = priority }), StringComparison.Ordinal);

    [Theory]
    [InlineData(AutoSubmitted.Generated, "Auto-Submitted: auto-generated")]
    [InlineData(AutoSubmitted.Replied, "Auto-Submitted: auto-replied")]
    [InlineData(AutoSubmitted.No, "")]
    public void A_program_says_that_it_is_one(AutoSubmitted value, string expected) =>
        Assert.Equal(expected, Wire.Field(Wire.Simple with { AutoSubmitted = value }, "Auto-Submitted"));

    [Fact]
    public void One_click_needs_both_fields()
    {
        var message = Wire.Simple with { ListUnsubscribe = ListUnsubscribe.OneClick(new Uri("https://example.com/leave?u=1,2"), new Uri("mailto:leave@example.com")) };
        Assert.Equal("List-Unsubscribe: <https://example.com/leave?u=1%2C2>,\r\n <mailto:leave@example.com>", Wire.Field(message, "List-Unsubscribe"));
        Assert.Equal("List-Unsubscribe-Post: List-Unsubscribe=One-Click", Wire.Field(message, "List-Unsubscribe-Post"));
        Assert.Equal("", Wire.Field(Wire.Simple with { ListUnsubscribe = ListUnsubscribe.By(new Uri("https://example.com/leave")) }, "List-Unsubscribe-Post"));
    }

    [Fact]
    public void An_international_page_is_written_in_ascii() =>
        Assert.Equal("List-Unsubscribe: <https://xn--mller-kva.example/%C3%A4?a=%C3%BC>", Wire.Field(Wire.Simple with { ListUnsubscribe = ListUnsubscribe.By(new Uri("https://müller.example/ä?a=ü")) }, "List-Unsubscribe"));

    /// <summary>Five of five readers decode it there, and would open another page.</summary>
    [Theory]
    [InlineData("https://example.com/?q==?utf-8?Q?x?=&r", "https://example.com/?q==%3Futf-8%3FQ%3Fx%3F=&r")]
    [InlineData("https://example.com/=?utf-8?Q?x?=", "https://example.com/=?utf-8%3FQ%3Fx%3F=")]
    [InlineData("https://example.com/?q=1?2", "https://example.com/?q=1?2")]
    public void A_page_holds_nothing_that_looks_like_an_encoded_word(string page, string written) =>
        Assert.Equal($"List-Unsubscribe: <{written}>", Wire.Field(Wire.Simple with { ListUnsubscribe = ListUnsubscribe.By(new Uri(page)) }, "List-Unsubscribe"));

    [Fact]
    public void One_click_must_be_https()
    {
        Assert.Contains("https", Assert.Throws<ArgumentException>(() => ListUnsubscribe.OneClick(new Uri("http://example.com/leave"))).Message, StringComparison.Ordinal);
        Assert.Contains("mailto", Assert.Throws<ArgumentException>(() => ListUnsubscribe.OneClick(new Uri("https://example.com/leave"), new Uri("https://example.com"))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => ListUnsubscribe.By(new Uri("ftp://example.com/leave")));
        Assert.Throws<ArgumentException>(() => ListUnsubscribe.By(new Uri("/leave", UriKind.Relative)));
        var password = Assert.Throws<ArgumentException>(() => ListUnsubscribe.OneClick(new Uri("https://user:hunter2@example.com/leave")));
        Assert.DoesNotContain("hunter2", password.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => ListUnsubscribe.By());
        Assert.Throws<ArgumentException>(() => ListUnsubscribe.By(new Uri("https://example.com/" + new string('x', 900))));
    }

    [Fact]
    public void A_list_has_an_id_and_perhaps_a_name()
    {
        Assert.Equal("List-Id: <news.example.com>", Wire.Field(Wire.Simple with { ListId = "news.example.com" }, "List-Id"));
        Assert.Equal("List-Id: =?utf-8?Q?B=C3=BCcher?= <books.example.com>", Wire.Field(Wire.Simple with { ListId = new ListId("books.example.com", "Bücher") }, "List-Id"));
        foreach (var wrong in (string[])["news", "", "a b.example.com", ".example.com", "news.exämple.com", new string('a', 254) + ".c"])
            Assert.Throws<ArgumentException>(() => new ListId(wrong));
    }

    [Fact]
    public void Feedback_is_counted_by_up_to_four_parts()
    {
        Assert.Equal("Feedback-ID: campaign7:customer3:news:example", Wire.Field(Wire.Simple with { FeedbackId = "campaign7:customer3:news:example" }, "Feedback-ID"));
        foreach (var wrong in (string[])["", "a:b:c:d:e", "a:", "a b:c", "ä:b"])
            Assert.Contains("FeedbackId", Assert.Throws<ArgumentException>(() => Wire.Simple with { FeedbackId = wrong }).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_field_set_by_hand_as_well_is_refused_and_both_are_named()
    {
        var message = Wire.Simple with { ListId = "news.example.com", Headers = [new MailHeader("list-id", "<other.example.com>")] };
        var e = Assert.Throws<ArgumentException>(() => Wire.Compose(message));
        Assert.Contains("List-Id twice: from EmailMessage.ListId", e.Message, StringComparison.Ordinal);
        Assert.Equal("References: <x@example.com>", Wire.Field(Wire.Simple with { InReplyTo = "b@example.com", Headers = [new MailHeader("References", "<x@example.com>")] }, "References"));
    }
}
