using FsCheck;
using FsCheck.Fluent;
using Sendwright.Tests.Mime;

namespace Sendwright.Tests.Messages;

public sealed class AddressListTests
{
    private static readonly AddressGroup Team = new("Team", ["ann@x.example", "Bob <bob@x.example>"]);

    public static TheoryData<string, string> AppendixA => new()
    {
        // A.1.1
        { "John Doe <jdoe@machine.example>", "John Doe <jdoe@machine.example>" },
        { "Mary Smith <mary@example.net>", "Mary Smith <mary@example.net>" },
        // A.1.2
        { "\"Joe Q. Public\" <john.q.public@example.com>", "Joe Q. Public <john.q.public@example.com>" },
        { "Mary Smith <mary@x.test>, jdoe@example.org, Who? <one@y.test>", "Mary Smith <mary@x.test>, jdoe@example.org, Who? <one@y.test>" },
        { "<boss@nil.test>, \"Giant; \\\"Big\\\" Box\" <sysservices@example.net>", "boss@nil.test, \"Giant; \\\"Big\\\" Box\" <sysservices@example.net>" },
        // A.1.3
        { "A Group:Ed Jones <c@a.test>,joe@where.test,John <jdoe@one.test>;", "A Group: Ed Jones <c@a.test>, joe@where.test, John <jdoe@one.test>;" },
        { "Undisclosed recipients:;", "Undisclosed recipients:;" },
        // A.2
        { "\"Mary Smith: Personal Account\" <smith@home.example>", "\"Mary Smith: Personal Account\" <smith@home.example>" },
        // A.4
        { "Mary Smith\r\n          <mary@example.net>", "Mary Smith <mary@example.net>" },
        // A.5
        { "Pete(A nice \\) chap) <pete(his account)@silly.test(his host)>", "Pete <pete@silly.test>" },
        {
            "A Group(Some people)\r\n     :Chris Jones <c@(Chris's host.)public.example>,\r\n         joe@example.org,\r\n  John <jdoe@one.test> (my dear friend); (the end of the group)",
            "A Group: Chris Jones <c@public.example>, joe@example.org, John <jdoe@one.test>;"
        },
        { "(Empty list)(start)Hidden recipients  :(nobody(that I know))  ;", "Hidden recipients:;" },
        // A.6.1
        { "Joe Q. Public <john.q.public@example.com>", "Joe Q. Public <john.q.public@example.com>" },
        { "Mary Smith <@node.test:mary@example.net>, , jdoe@test   . example", "Mary Smith <mary@example.net>, jdoe@test.example" },
        // A.6.3
        { "John Doe <jdoe@machine(comment).  example>", "John Doe <jdoe@machine.example>" },
        { "Mary Smith\r\n  \r\n          <mary@example.net>", "Mary Smith <mary@example.net>" },
    };

    [Theory]
    [MemberData(nameof(AppendixA))]
    public void The_examples_of_RFC_5322_are_read_and_written_anew(string text, string expected)
    {
        var list = AddressList.Parse(text);
        Assert.Equal(expected, list.ToString());
        Assert.Equal(list, AddressList.Parse(expected));
        Assert.Equal(list, Reread(list));
    }

    [Theory]
    [InlineData("ann@x.example,", "ann@x.example")]
    [InlineData(",,ann@x.example,,bob@x.example", "ann@x.example, bob@x.example")]
    [InlineData("Team:,,ann@x.example,;,carol@y.example", "Team: ann@x.example;, carol@y.example")]
    [InlineData("A:;B:;", "")]
    [InlineData("A:;,B:;", "A:;, B:;")]
    [InlineData("\"To, all\": ann@x.example;", "\"To, all\": ann@x.example;")]
    [InlineData("=?utf-8?Q?T=C3=A9am?= : ann@x.example;", "Téam: ann@x.example;")]
    [InlineData("用户@例え.テスト, \"😀, x\" <a@x.example>", "用户@例え.テスト, \"😀, x\" <a@x.example>")]
    [InlineData("ann@x.example (Ann), <bob@x.example> (Bob), Cid <cid@x.example> (not Dee)", "Ann <ann@x.example>, Bob <bob@x.example>, Cid <cid@x.example>")]
    [InlineData("A.B. (x) C <ann@x.example>", "A.B. C <ann@x.example>")]
    [InlineData("\"a\"\"b\" <ann@x.example>", "ab <ann@x.example>")]
    [InlineData("Ann\r\n\t<ann@x.example>,\r\n bob@x.example", "Ann <ann@x.example>, bob@x.example")]
    [InlineData("\"Ann\r\n Lee\" <ann@x.example>", "Ann Lee <ann@x.example>")]
    public void Obsolete_and_odd_forms_are_read_and_never_written(string text, string expected)
    {
        Assert.Equal(expected.Length > 0, AddressList.TryParse(text, out var list));
        Assert.Equal(expected, list?.ToString() ?? "");
    }

    [Theory]
    [InlineData("", "There is no e-mail address")]
    [InlineData(" , (nobody) ,", "There is no e-mail address")]
    [InlineData("ann@x.example; bob@x.example", "\";\" (U+003B) at character 14, between addresses. Separate them with commas; a semicolon only ends a group.")]
    [InlineData("ann@x.example bob@x.example", "\"b\" (U+0062) at character 15, behind an address, where another one seems to begin. Separate addresses with commas.")]
    [InlineData("Team: ann@x.example", "\":\" (U+003A) at character 5, which begins a group that nothing ends. Leave \"Team:\" out, or end the group with \";\".")]
    [InlineData("To: ann@x.example, Cc: bob@x.example", "within a group")]
    [InlineData("A: B: ann@x.example;;", "within a group")]
    [InlineData(": ann@x.example;", "without a name before it")]
    [InlineData("\"\": ann@x.example;", "behind a group name that is empty")]
    [InlineData("=?utf-8?Q?a=0Ab?=: ann@x.example;", "The group name \"a\\nb\" holds a line feed")]
    [InlineData("Lee, Ann <ann@x.example>", "a name with a comma goes in double quotes")]
    [InlineData("ann@x.example, Bob bob@x.example", "Put the address in angle brackets behind the name")]
    [InlineData("ann@x.example, bob.x.example", "has no \"@\"")]
    [InlineData("ann@x.example,\r\nbob@x.example", "holds a carriage return (U+000D) at character 15, which folds no line, but could start another header")]
    [InlineData("ann@x.example,\n bob@x.example", "holds a line feed (U+000A) at character 15")]
    [InlineData("ann@x.example\r\n", "holds a carriage return (U+000D) at character 14")]
    [InlineData("ann@x.example\0", "holds a NUL (U+0000) at character 14")]
    [InlineData("ann@x.example, (bob@x.example", "\"(\" (U+0028) at character 16, which no \")\" closes")]
    [InlineData("a@x.example, <@y.example,@z.example ann@x.example>", "has a route before the address that does not end")]
    public void What_is_no_list_is_refused_with_its_place_and_the_fix(string text, string expected)
    {
        var refusal = Assert.Throws<FormatException>(() => AddressList.Parse(text)).Message;
        Assert.Contains(expected, refusal, StringComparison.Ordinal);
        Assert.DoesNotContain(refusal, char.IsControl);
        Assert.False(AddressList.TryParse(text, out _));
    }

    [Fact]
    public void Of_a_long_list_the_error_shows_the_member_that_is_wrong()
    {
        var text = string.Join(", ", Enumerable.Range(0, 100).Select(index => $"recipient{index}@example.com")) + ", wrong one@x.example";
        Assert.Contains("The address list \"wrong one@x.example\" has several words", Assert.Throws<FormatException>(() => AddressList.Parse(text)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void It_is_the_flat_list_of_mailboxes_and_knows_its_groups()
    {
        var list = AddressList.Parse("Team: ann@x.example, Bob <bob@x.example>;, nobody:;, carol@y.example");
        Assert.Equal(["ann@x.example", "bob@x.example", "carol@y.example"], list.Select(mailbox => mailbox.Address));
        Assert.Equal([Team, new AddressGroup("nobody", [])], list.Groups);
        var message = new EmailMessage { From = "ann@x.example", To = list, Cc = ["dee@x.example"] };
        Assert.Same(list, message.To);
        Assert.Equal(4, Envelope.For(message).Recipients.Count);
    }

    [Fact]
    public void It_is_built_by_code_and_compared_by_value()
    {
        AddressList flat = ["ann@x.example", "Bob <bob@x.example>"];
        var grouped = AddressList.Empty.Add(Team).Add(new AddressGroup("nobody", [])).Add("carol@y.example");
        Assert.Equal(AddressList.Parse("Team: ann@x.example, Bob <bob@x.example>;, nobody:;, carol@y.example"), grouped);
        Assert.Equal(grouped.GetHashCode(), AddressList.Parse(grouped.ToString()).GetHashCode());
        Assert.Equal(AddressList.Parse("ann@x.example, Bob <bob@x.example>"), flat);
        Assert.NotEqual(flat, AddressList.Empty.Add(Team));
        Assert.NotEqual(AddressList.Parse("A:;, a@x.example"), AddressList.Parse("a@x.example, A:;"));
        Assert.Equal(AddressList.Empty, []);
        Assert.Throws<ArgumentException>(() => new AddressGroup(" ", []));
        Assert.Throws<ArgumentException>(() => new AddressGroup("a\r\nb", []));
        Assert.Throws<ArgumentException>(() => new AddressGroup("a", [null!]));
        Assert.Throws<ArgumentException>(() => AddressList.Create([null!]));
    }

    [Fact]
    public void Any_list_is_read_back_from_what_is_printed_and_from_what_is_sent() => Prop.ForAll(Lists, list =>
    {
        Assert.Equal(list, AddressList.Parse(list.ToString()));
        Assert.Equal(list, Reread(list));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Any_text_is_a_list_or_refused_with_a_FormatException() => Prop.ForAll(Texts.Hostile, ArbMap.Default.ArbFor<string>(), (hostile, any) =>
    {
        foreach (var text in (string[])[hostile, any ?? "", $"{hostile} <a@x.example>", $"a@x.example ({any})"])
        {
            if (AddressList.TryParse(text, out var list))
            {
                Assert.Equal(list, AddressList.Parse(list.ToString()));
                Assert.Equal(list, Reread(list));
            }
            else
            {
                Assert.Throws<FormatException>(() => AddressList.Parse(text));
            }
        }
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("(")]
    [InlineData("()")]
    [InlineData("\"")]
    [InlineData("\\")]
    [InlineData("<")]
    [InlineData(",")]
    [InlineData(":")]
    [InlineData("@")]
    [InlineData(".")]
    [InlineData("[")]
    [InlineData("a ")]
    [InlineData("\"\"")]
    [InlineData("\"a\" ")]
    [InlineData("=?")]
    [InlineData("=?a?q?")]
    [InlineData("=?utf-8?q?a?= ")]
    [InlineData("a:;,")]
    [InlineData("<@a,")]
    [InlineData("\r\n ")]
    [InlineData("😀")]
    public void A_megabyte_of_anything_is_refused_at_once(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, 1_000_000 / piece.Length));
        foreach (var hostile in (string[])[text, "a@" + text, "<a@" + text, "x:" + text, "\"a\"." + text, "a@x.example (" + text, text + "<a@x.example"])
        {
            var refusal = Assert.Throws<FormatException>(() => AddressList.Parse(hostile));
            Assert.InRange(refusal.Message.Length, 1, 1000);
            Assert.False(EmailAddress.TryParse(hostile, out _));
        }
    }

    [Fact]
    public void Comments_may_nest_as_deep_as_they_like() =>
        Assert.Equal("ann@x.example", AddressList.Parse($"{new string('(', 100_000)}{new string(')', 100_000)} ann@x.example").ToString());

    private static Arbitrary<AddressList> Lists
    {
        get
        {
            string[] addresses = ["ann@x.example", "a.b+c@y.example", "\"a b\"@x.example", "\"\"@x.example", "\"say \\\"hi\\\" \\\\\"@x.example", "ann@[192.0.2.1]", "ann@[IPv6:2001:db8::1]", "jörg@x.example"];
            var mailboxes = Gen.Elements(addresses).Zip(Texts.Names.Generator).Select(pair => new EmailAddress(pair.Item1, pair.Item2));
            var groups = Texts.Names.Generator.Zip(mailboxes.ListOf(2)).Select(pair => new AddressGroup("g" + pair.Item1, [.. pair.Item2]));
            var members = Gen.OneOf(
                mailboxes.Select<EmailAddress, Func<AddressList, AddressList>>(mailbox => list => list.Add(mailbox)),
                groups.Select<AddressGroup, Func<AddressList, AddressList>>(group => list => list.Add(group)),
                Texts.Names.Generator.Select<string, Func<AddressList, AddressList>>(name => list => list.Add(new AddressGroup("g" + name, []))));
            return members.NonEmptyListOf().Select(adds => adds.Take(20).Aggregate(AddressList.Empty, (list, add) => add(list))).ToArbitrary();
        }
    }

    /// <summary>The list as it comes out of the composed To field.</summary>
    private static AddressList Reread(AddressList list) => AddressList.Parse(Wire.Field(Wire.Simple with { To = list }, "To")["To:".Length..]);
}
