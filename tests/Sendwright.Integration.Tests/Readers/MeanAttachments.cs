using System.Globalization;
using FsCheck;
using FsCheck.Fluent;

namespace Sendwright.Integration.Tests.Readers;

/// <summary>Files of every size around a line of base64, of every octet, name and type.</summary>
internal static class MeanAttachments
{
    private static readonly string[] Types =
    [
        "application/octet-stream", "Image/PNG", "text/plain", "text/plain; charset=iso-8859-1", "text/html; charset=utf-8", "text/csv; charset=utf-8; header=present", "application/x-y; a=\"b;c\"; d=\"e\\\"f\"",
        "text/calendar; method=REQUEST; charset=utf-8", "application/vnd.ms-excel", "x-own/x-type; v=1.0", "application/pgp-signature", "application/json", "image/svg+xml", "application/x-y; a=\"\"",
    ];

    private static readonly string[] ContentIds = ["logo@example.com", "second", "a%b", "1.2$3'4@x", "x/y?z=1&b", "{guid}"];

    private static readonly byte[] EveryOctet = [.. Enumerable.Range(0, 256).Select(value => (byte)value)];

    /// <summary>What a message carries, the pictures of its HTML among them.</summary>
    public static Gen<Attachment[]> Lists => Gen.Frequency((4, Gen.Constant(0)), (3, Gen.Constant(1)), (2, Gen.Choose(2, 4)), (1, Gen.Choose(5, 8)))
        .SelectMany(count => Files.ArrayOf(count))
        .Select(WithDistinctContentIds);

    // A text that is inline is there to be read with the message (RFC 2183, 2.1), and readers make it part of the body: a case of its own among those written by hand.
    private static Gen<Attachment> Files =>
        from fileName in MeanTexts.FileNames
        from type in Gen.Frequency((3, Gen.Constant<string?>(null)), (2, Gen.Elements<string?>(Types)))
        from content in Contents
        from contentId in Gen.Frequency((2, Gen.Constant<string?>(null)), (1, Gen.Elements<string?>(ContentIds)))
        from isInline in Gen.Elements(true, false)
        from isStreamed in Gen.Elements(true, false)
        let file = isStreamed ? Attachment.FromStream(fileName, _ => ValueTask.FromResult<Stream>(new TrickleStream(content)), content.Length, type) : Attachment.FromBytes(fileName, content, type)
        select file with { ContentId = contentId, IsInline = isInline && !file.ContentType.StartsWith("text/", StringComparison.Ordinal) };

    private static Gen<byte[]> Contents => Gen.Frequency(
        (2, Gen.Choose(0, 200).SelectMany(Octets)),
        (2, Near57.SelectMany(Octets)),
        (1, Gen.Choose(0, 4).SelectMany(Octets)),
        (1, Gen.Constant(EveryOctet)),
        (1, Gen.Elements("line\n", "ünix\nmac\rwindows\r\n.\r\nno end", "From me\n.\n", "\r\n", "\n", "\0", "--=_a--\r\n", "=20\r\n").Select(System.Text.Encoding.UTF8.GetBytes)),
        (1, Gen.Choose(4000, 20_000).SelectMany(Octets)));

    /// <summary>Sizes around whole lines, and around the blocks of lines that are encoded at once.</summary>
    private static Gen<int> Near57 =>
        from lines in Gen.Elements(1, 2, 3, 15, 16, 17, 100, 420)
        from more in Gen.Choose(-3, 3)
        select (lines * 57) + more;

    // From one seed: two hundred thousand octets one by one would take the generator longer than every reader.
    private static Gen<byte[]> Octets(int length) => Gen.Choose(0, int.MaxValue).Select(seed =>
    {
        var octets = new byte[length];
        new Random(seed).NextBytes(octets);
        return octets;
    });

    private static Attachment[] WithDistinctContentIds(Attachment[] files) =>
    [
        .. files.Select((file, index) => file.ContentId is null ? file : file with { ContentId = file.ContentId + index.ToString(CultureInfo.InvariantCulture) }),
    ];
}
