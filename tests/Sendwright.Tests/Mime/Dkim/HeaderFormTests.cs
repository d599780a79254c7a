using System.Text;
using Sendwright.Mime;
using Sendwright.Mime.Dkim;

namespace Sendwright.Tests.Mime.Dkim;

public sealed class HeaderFormTests
{
    // The first two are the example of RFC 6376, 3.4.5.
    [Theory]
    [InlineData("A: X\r\n", "a:X\r\n")]
    [InlineData("B : Y\t\r\n\tZ  \r\n", "b:Y Z\r\n")]
    [InlineData("Subject:\r\n folded\r\n \r\n\t twice \r\n", "subject:folded twice\r\n")]
    [InlineData("X-Empty:\r\n", "x-empty:\r\n")]
    [InlineData("X-Blank:  \t\r\n", "x-blank:\r\n")]
    [InlineData("X-Colon: a : b\r\n", "x-colon:a : b\r\n")]
    [InlineData("X-Feed: a \f b\r\n", "x-feed:a \f b\r\n")]
    public void The_relaxed_form_is_that_of_RFC_6376(string field, string form)
    {
        Assert.Equal(form, Form(field, DkimCanonicalization.Relaxed));
    }

    [Fact]
    public void The_simple_form_changes_nothing()
    {
        Assert.Equal("B : Y\t\r\n\tZ  \r\n", Form("B : Y\t\r\n\tZ  \r\n", DkimCanonicalization.Simple));
    }

    private static string Form(string field, DkimCanonicalization canonicalization)
    {
        var writer = new Sendwright.Mime.HeaderWriter();
        try
        {
            HeaderForm.Append(ref writer, Encoding.Latin1.GetBytes(field), canonicalization);
            return Encoding.Latin1.GetString(writer.Written);
        }
        finally
        {
            writer.Dispose();
        }
    }
}
