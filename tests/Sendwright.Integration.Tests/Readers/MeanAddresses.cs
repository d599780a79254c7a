using FsCheck;
using FsCheck.Fluent;

namespace Sendwright.Integration.Tests.Readers;

/// <summary>Mailboxes of every form that the grammar allows.</summary>
internal static class MeanAddresses
{
    private static readonly string[] LocalParts =
    [
        "ann", "a", "user.name+tag", "!#$%&'*+-/=?^_`{|}~", "\"ann lee\"", "\"a@b\"", "\"quo\\\"te\"", "\"back\\\\slash\"", "\"comma, x\"", "\"(paren)\"", "\"..\"", "0", new('l', 64),
    ];

    private static readonly string[] Domains =
    [
        "example.com", "mail.example.net", "x.y.z.example.org", "bücher.example", "例え.テスト", "xn--bcher-kva.example", "[192.0.2.1]", "[IPv6:2001:db8::1]", "EXAMPLE.COM", "a-b.example", string.Join('.', Enumerable.Repeat("label", 25)) + ".example",
    ];

    private static readonly string[] NonAsciiLocalParts = ["jörg", "用户", "משה", "\"ö ä\""];

    /// <summary>Mailboxes whose local part is ASCII.</summary>
    public static Gen<EmailAddress> Mailboxes => From(Gen.Frequency((3, Gen.Constant("ann.lee")), (2, Gen.Elements(LocalParts))));

    /// <summary>Mailboxes that only a server with SMTPUTF8 takes.</summary>
    public static Gen<EmailAddress> International => From(Gen.Elements(NonAsciiLocalParts));

    /// <summary>A list of them, mostly short, with a group here and there.</summary>
    public static Gen<AddressList> Lists =>
        Gen.Frequency((5, Gen.Choose(0, 2)), (2, Gen.Choose(3, 6)), (1, Gen.Constant(25)))
            .SelectMany(count => Gen.Frequency((12, Mailboxes.Select(Add)), (1, Groups.Select(Add))).ArrayOf(count))
            .Select(items => items.Aggregate(AddressList.Empty, (list, add) => add(list)));

    private static Gen<AddressGroup> Groups =>
        from name in MeanTexts.Names
        from count in Gen.Choose(1, 3)
        from members in Mailboxes.ArrayOf(count)
        select new AddressGroup(name, members);

    private static Func<AddressList, AddressList> Add(EmailAddress mailbox) => list => list.Add(mailbox);

    private static Func<AddressList, AddressList> Add(AddressGroup group) => list => list.Add(group);

    private static Gen<EmailAddress> From(Gen<string> localParts) =>
        from local in localParts
        from domain in Gen.Frequency((3, Gen.Constant("example.com")), (2, Gen.Elements(Domains)))
        from name in Gen.Frequency((2, Gen.Constant("")), (5, MeanTexts.Names))
        select new EmailAddress($"{local}@{domain}", name);
}
