namespace Sendwright.Tests.Messages;

public sealed class AttachmentTests
{
    [Theory]
    [InlineData("invoice.pdf", "application/pdf")]
    [InlineData("PHOTO.JPG", "image/jpeg")]
    [InlineData("表.csv", "text/csv")]
    [InlineData("archive.tar.gz", "application/gzip")]
    [InlineData("README", "application/octet-stream")]
    [InlineData("a.unknown", "application/octet-stream")]
    [InlineData("message.eml", "application/octet-stream")]
    [InlineData(".", "application/octet-stream")]
    public void The_name_suggests_the_type(string fileName, string expected) => Assert.Equal(expected, Attachment.FromBytes(fileName, default).ContentType);

    [Theory]
    [InlineData("text/plain")]
    [InlineData("text/csv; charset=utf-8")]
    [InlineData("text/calendar; method=REQUEST; charset=\"utf-8\"")]
    [InlineData("application/x-a.b+c;a=\"quoted \\\" ; text\"")]
    public void A_media_type_with_parameters_is_taken(string contentType) => Assert.Equal(contentType, Attachment.FromBytes("a", default, contentType).ContentType);

    [Theory]
    [InlineData("")]
    [InlineData("pdf")]
    [InlineData("text/")]
    [InlineData("/plain")]
    [InlineData("text/plain;")]
    [InlineData("text/plain; charset")]
    [InlineData("text/plain; charset=")]
    [InlineData("text/plain; charset=\"utf-8")]
    [InlineData("text/plain charset=utf-8")]
    [InlineData("text/plain; name=ä")]
    [InlineData("text/plain; a=1; A=2")]
    [InlineData("text/plain; name*=utf-8''x")]
    [InlineData("multipart/mixed; boundary=x")]
    [InlineData("message/rfc822")]
    [InlineData("Message/Partial")]
    public void What_is_no_type_of_an_attachment_is_refused(string contentType)
    {
        var refusal = Assert.Throws<ArgumentException>(() => Attachment.FromBytes("a.pdf", default, contentType));
        Assert.Contains("ContentType", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("tab\t.pdf")]
    [InlineData("bell\u0007.pdf")]
    [InlineData("c1\u0085.pdf")]
    public void A_file_needs_a_name_that_can_be_shown(string fileName) => Assert.Throws<ArgumentException>(() => Attachment.FromBytes(fileName, default));

    [Theory]
    [InlineData("")]
    [InlineData("<logo>")]
    [InlineData("two words")]
    [InlineData("lögo")]
    public void A_content_id_is_ASCII_as_in_the_link(string contentId) => Assert.Throws<ArgumentException>(() => Attachment.FromBytes("a.png", default) with { ContentId = contentId });

    [Fact]
    public void Prints_name_type_and_size() => Assert.Equal("a.pdf (application/pdf, 3 bytes)", Attachment.FromBytes("a.pdf", new byte[3]).ToString());
}
