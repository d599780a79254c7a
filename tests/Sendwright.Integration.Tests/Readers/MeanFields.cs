using FsCheck;
using FsCheck.Fluent;

namespace Sendwright.Integration.Tests.Readers;

/// <summary>The fields of conversations, lists and programs, short and longer than a line.</summary>
internal static class MeanFields
{
    private static readonly string[] Ids =
    [
        "<1@example.com>", "<CAF=abc+def_0123456789@mail.gmail.com>", "<$%&'*+/=?^`{|}~@example.net>", "<\"quoted\"@example.com>", "<1@[192.0.2.1]>", $"<{new string('i', 200)}@mail.example.com>",
    ];

    private static readonly string[] ListIds = ["news.example.com", "a.b", string.Join('.', Enumerable.Repeat("label", 40)), "x+y=z.example.org"];

    private static readonly Uri[] Pages =
    [
        new("https://example.com/u?id=1&x=2"), new("https://example.com/u,v?a=(b);c"), new("https://bücher.example/größe?ä=ö"), new("https://example.com/" + new string('u', 600)), new("https://example.com/%20%2C=?utf-8?Q?x?="),
    ];

    private static readonly Uri[] Mailtos = [new("mailto:u@example.com?subject=unsubscribe"), new("mailto:list-leave+0123456789abcdef=bob=example.net@lists.example.com")];

    private static readonly string[] FeedbackIds = ["1:2:3:sender", "sender", "a=?b:c", string.Join(':', Enumerable.Repeat(new string('f', 100), 4))];

    /// <summary>Sets some of them, in about half of the messages.</summary>
    public static Gen<Func<EmailMessage, EmailMessage>> Settings => Gen.Frequency(
        (1, Gen.Constant<Func<EmailMessage, EmailMessage>>(message => message)),
        (1, Some));

    private static Gen<Func<EmailMessage, EmailMessage>> Some =>
        from inReplyTo in Maybe(Gen.Elements(Ids))
        from references in Gen.Frequency((2, Gen.Constant(0)), (1, Gen.Choose(1, 3)), (1, Gen.Constant(30))).SelectMany(count => Gen.Elements(Ids).ArrayOf(count))
        from priority in Gen.Elements(MessagePriority.Normal, MessagePriority.High, MessagePriority.Low)
        from automatic in Gen.Elements(AutoSubmitted.No, AutoSubmitted.Generated, AutoSubmitted.Replied)
        from list in Maybe(Lists)
        from unsubscribe in Maybe(Gen.OneOf(Leaving, OneClick))
        from feedback in Maybe(Gen.Elements(FeedbackIds))
        select (Func<EmailMessage, EmailMessage>)(message => message with
        {
            InReplyTo = inReplyTo,
            References = references,
            Priority = priority,
            AutoSubmitted = automatic,
            ListId = list,
            ListUnsubscribe = unsubscribe,
            FeedbackId = feedback,
        });

    private static Gen<ListId> Lists =>
        from id in Gen.Elements(ListIds)
        from name in Gen.OneOf(Gen.Constant(""), MeanTexts.Names)
        select new ListId(id, name);

    private static Gen<ListUnsubscribe> Leaving =>
        from count in Gen.Choose(1, 3)
        from uris in Gen.OneOf(Gen.Elements(Pages), Gen.Elements(Mailtos)).ArrayOf(count)
        select ListUnsubscribe.By(uris);

    private static Gen<ListUnsubscribe> OneClick =>
        from page in Gen.Elements(Pages)
        from mailto in Maybe(Gen.Elements(Mailtos))
        select ListUnsubscribe.OneClick(page, mailto);

    private static Gen<T?> Maybe<T>(Gen<T> values)
        where T : class => Gen.OneOf(Gen.Constant<T?>(null), values.Select(T? (value) => value));
}
