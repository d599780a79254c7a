using System.Text;
using Sendwright.Smtp.Wire;

namespace Sendwright.Tests.Smtp.Wire;

public sealed class SmtpPathTests
{
    public static TheoryData<string> TooLong =>
    [
        $"<{new string('a', 65)}@b.example>",
        $"<a@{new string('b', 64)}.example>",
        $"<a@{string.Join('.', Enumerable.Repeat("abcdefg", 33))}>",
        $"<{new string('a', 64)}@{string.Join('.', Enumerable.Repeat("abcdefg", 24))}>",
    ];

    [Theory]
    [InlineData("<ann@example.com>", "ann", "example.com")]
    [InlineData("<Ann.O'Neil+tag=x@mail.example.com>", "Ann.O'Neil+tag=x", "mail.example.com")]
    [InlineData("<\"ann lee\"@example.com>", "\"ann lee\"", "example.com")]
    [InlineData("<\"a\\\"b\\\\c>@d\"@example.com>", "\"a\\\"b\\\\c>@d\"", "example.com")]
    [InlineData("<\"\"@example.com>", "\"\"", "example.com")]
    [InlineData("<ann@[192.0.2.1]>", "ann", "[192.0.2.1]")]
    [InlineData("<ann@[IPv6:2001:db8::1]>", "ann", "[IPv6:2001:db8::1]")]
    [InlineData("<ann@localhost>", "ann", "localhost")]
    [InlineData("<jörg@münchen.example>", "jörg", "münchen.example")]
    [InlineData("<@relay.example,@other.example:ann@example.com>", "ann", "example.com")]
    [InlineData("<Postmaster>", "Postmaster", null)]
    public void Reads_the_mailbox(string text, string localPart, string? domain)
    {
        Assert.True(SmtpPath.TryRead(Encoding.UTF8.GetBytes(text + " SIZE=3"), out var path, out var length));
        Assert.Equal(localPart, path!.LocalPart);
        Assert.Equal(domain, path.Domain);
        Assert.Equal(Encoding.UTF8.GetByteCount(text), length);
    }

    [Fact]
    public void Reads_the_null_path()
    {
        Assert.True(SmtpPath.TryRead("<>"u8, out var path, out var length));
        Assert.Null(path);
        Assert.Equal(2, length);
    }

    [Theory]
    [InlineData("")]
    [InlineData("ann@example.com")]
    [InlineData("<ann@example.com")]
    [InlineData("<ann>")]
    [InlineData("<@example.com>")]
    [InlineData("<ann@>")]
    [InlineData("<.ann@example.com>")]
    [InlineData("<ann.@example.com>")]
    [InlineData("<a..b@example.com>")]
    [InlineData("<a b@example.com>")]
    [InlineData("<a@b@example.com>")]
    [InlineData("<\"ann@example.com>")]
    [InlineData("<\"ann\"x@example.com>")]
    [InlineData("<\"a\nb\"@example.com>")]
    [InlineData("<\"a\\\nb\"@example.com>")]
    [InlineData("<ann@-example.com>")]
    [InlineData("<ann@example-.com>")]
    [InlineData("<ann@example..com>")]
    [InlineData("<ann@example.com.>")]
    [InlineData("<ann@exa_mple.com>")]
    [InlineData("<ann@[192.0.2]>")]
    [InlineData("<ann@[192.0.2.256]>")]
    [InlineData("<ann@[0x7f.0.0.1]>")]
    [InlineData("<ann@[IPv6:fe80::1%eth0]>")]
    [InlineData("<ann@[2001:db8::1]>")]
    [InlineData("<ann@[]>")]
    [InlineData("<ann@[192.0.2.1>")]
    [InlineData("<@relay.example ann@example.com>")]
    [InlineData("<@relay.example:>")]
    [InlineData("<@relay.example")]
    [MemberData(nameof(TooLong))]
    public void Refuses_what_is_no_mailbox(string text) => Assert.False(SmtpPath.TryRead(Encoding.UTF8.GetBytes(text), out _, out _));

    [Fact]
    public void Takes_the_longest_local_part_that_the_RFC_names()
    {
        Assert.True(SmtpPath.TryRead(Encoding.ASCII.GetBytes($"<{new string('a', 64)}@example.com>"), out var path, out _));
        Assert.Equal(64, path!.LocalPart.Length);
    }

    [Theory]
    [InlineData("<ann@example.com>", true)]
    [InlineData("<jörg@example.com>", false)]
    [InlineData("<ann@münchen.example>", false)]
    public void Knows_whether_SMTPUTF8_is_needed(string text, bool isAscii)
    {
        Assert.True(SmtpPath.TryRead(Encoding.UTF8.GetBytes(text), out var path, out _));
        Assert.Equal(isAscii, path!.IsAscii);
    }
}
