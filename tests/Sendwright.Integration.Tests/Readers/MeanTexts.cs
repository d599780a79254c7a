using FsCheck;
using FsCheck.Fluent;

namespace Sendwright.Integration.Tests.Readers;

/// <summary>Texts that break mail: every script, what looks like markup of the header, blanks in odd places, lengths around the limits of a line.</summary>
internal static class MeanTexts
{
    private static readonly string[] PlainWords = ["a", "Hello", "world", "Invoice", "2024-02-29", "e-mail", "O'Neil", "AT&T", "100%", "x=y", "a_b", "!", "#1", "{}", "~"];

    private static readonly string[] Marks =
    [
        "=?", "?=", "=", "==", "=3D", "=41", "=?utf-8?Q?no?=", "=?utf-8?B?bm8=?=", "=?x", "?utf-8?Q?", "%41", "utf-8''x", "&amp;", "&#228;", ".", "..", "...", "--", "--=_a", "_", "__",
        "\"", "\"x\"", "\\", "\\\\", "\\\"", ",", ";", ":", "<", ">", "<x>", "<a@b.example>", "(c)", "(", ")", "[x]", "@", "a@b.example", "'", "`", "|", "$", "^", "?", "/", "From", "SGVsbG8gd29ybGQ=", "Q2Fmw6k",
    ];

    private static readonly string[] Letters =
    [
        "ä", "ÖÜ", "é", "ß", "Grüße,", "Straße", "naïve", "€", "Привет", "мир", "Ελληνικά", "日本語", "会議", "한국어", "שלום", "مرحبا", "العربية", "हिन्दी", "ไทย", "ქართული", "😀", "👩‍👩‍👧", "🇩🇪", "🏳️‍🌈",
        "e\u0301", "a\u0308\u0323", "\u00a0", "x\u00a0y", "\u2003", "\u3000", "\u200b", "\u200e", "\u202e", "\ufeff", "\u2028", "\u00ad", "\ufffd", "𝔘𝔫𝔦", "\U0010FFFD",
    ];

    private static readonly string[] LongWords =
    [
        new('x', 61), new('y', 77), new('z', 130), "https://example.com/" + string.Join('/', Enumerable.Repeat("path", 30)) + "?q=1&r=2", string.Concat(Enumerable.Repeat("Übergröße", 12)), string.Concat(Enumerable.Repeat("漢字", 50)),
    ];

    private static readonly string[] Controls = ["\t", "\u0001", "\u0008", "\u001b[31m", "\u007f", "\u0085", "\f", "\v", "\u001c", "\u001e"];

    private static readonly string[] LineEnds = ["\r\n", "\n", "\r", "\n\n", "\r\r\n", "\n\r", " \n", "\t\r\n", "\n.\n", "\n..\n", "\nFrom ", "\n>From ", "\n--", "\n--=_a\n", "\n--=_a--\n", "\n-- \n", "\n \n", "\n.", "=\n", "\n\n\n\n"];

    private static readonly string[] Unusual = ["\0", "\ud83d", "\ude00"];

    /// <summary>The longest that are still read by every reader's users; around them a line of 76 and of 998 fold otherwise.</summary>
    private static Gen<int> LineLengths => Gen.OneOf(Gen.Choose(56, 82), Gen.Choose(985, 1012), Gen.Choose(140, 160));

    /// <summary>A name beside an address.</summary>
    public static Gen<string> Names => Gen.Frequency(
        (4, Phrase(1, 4, PlainWords, Letters)),
        (4, Phrase(1, 5, PlainWords, Marks, Letters)),
        (3, Phrase(1, 4, PlainWords, Marks)),
        (1, Gen.Elements("Doe, Jane", "Dr. No", "J. R. \"Bob\" Dobbs", "a  b   c", "x \u00a0 y", "ä  ö", "\\", "\"", "\"\"", "'quoted'", "=?utf-8?Q?=C3=A4?=", "=?", "SGVsbG8=", "ann@example.com", "<ann@example.com>", "Team: x;", "(comment)", ".", "a.b", "\u202eevil", "\u3000")),
        (1, Phrase(8, 30, PlainWords, Letters)),
        (1, Phrase(1, 3, LongWords, Letters)));

    /// <summary>A subject or the value of a header of one's own.</summary>
    public static Gen<string> HeaderValues => Gen.Frequency(
        (3, Phrase(1, 12, PlainWords)),
        (4, Phrase(1, 20, PlainWords, Marks, Letters)),
        (2, Phrase(1, 20, PlainWords, Marks)),
        (2, Phrase(1, 10, Letters)),
        (2, OfLength(PlainWords)),
        (2, OfLength([.. PlainWords, .. Letters])),
        (1, LineLengths.Select(length => new string('w', length))),
        (1, Phrase(1, 5, LongWords, PlainWords)),
        (1, Phrase(1, 6, Controls, PlainWords, Letters)),
        (1, Gen.Elements("", " ", "   ", " x", "x ", "\tx", "x\t", "  x  y  ", "=?", "?=", "=", "a\tb", "ä ", " ä", "=?utf-8?Q?", "\u00a0", "\u3000x\u3000", "re: ", ":")));

    /// <summary>A text, or the inside of an HTML page.</summary>
    public static Gen<string> Bodies => Gen.Frequency(
        (6, Body(0, 120, PlainWords)),
        (6, Body(0, 120, PlainWords, Marks, Letters)),
        (3, Body(0, 60, Letters)),
        (2, Body(0, 40, PlainWords, Controls, Unusual)),
        (2, Body(1, 20, LongWords, Letters)),
        (1, Gen.Choose(1, 6).Select(count => string.Concat(Enumerable.Repeat("\r\n", count)))),
        (1, LineLengths.Select(length => new string('x', length) + "\n" + new string('=', length) + "\n" + new string('ä', length))),
        (1, Gen.Elements("", " ", "\n", ".", "\r", "\t\n", "From ", "--=_", "=", "x", "ä", "\0", "😀")),
        (1, Body(1500, 6000, PlainWords, Letters)));

    /// <summary>The name of a file, of any length.</summary>
    public static Gen<string> FileNames =>
        from name in Gen.Frequency(
            (3, Phrase(1, 4, PlainWords)),
            (4, Phrase(1, 5, PlainWords, Marks, Letters)),
            (2, Phrase(1, 4, Letters)),
            (1, Gen.Choose(40, 245).Select(length => new string('n', length))),
            (1, Gen.Choose(20, 120).Select(length => string.Concat(Enumerable.Repeat("ä€", length)))),
            (1, Gen.Elements(".hidden", "..", "a/b\\c", "C:\\temp\\x", "/etc/passwd", "utf-8''x", "utf-8'en'%41", "it's", "50%25", "\"quoted\"", "<angle>", "semi;colon", "a=b", "filename*=utf-8''x", "=?utf-8?Q?x?=", "a, b", "(c)", " x", "x ", "0")))
        from extension in Gen.Elements(".pdf", ".txt", ".html", ".png", ".tar.gz", ".PDF", ".ics", ".", "", "")
        select name + extension;

    private static Gen<string> Phrase(int least, int most, params string[][] sources) =>
        from count in Gen.Choose(least, most)
        from words in Gen.OneOf(sources.Select(source => Gen.Elements(source)).ToArray()).ArrayOf(count)
        from blanks in Gen.Frequency((6, Gen.Constant(" ")), (1, Gen.Constant("  ")), (1, Gen.Constant(""))).ArrayOf(count)
        select string.Concat(words.Zip(blanks, (word, blank) => word + blank)).Trim(' ');

    private static Gen<string> OfLength(string[] source) =>
        from length in LineLengths
        from words in Gen.Elements(source).ArrayOf(length)
        select ValidEnd(string.Join(' ', words)[..length]);

    private static string ValidEnd(string text) => char.IsHighSurrogate(text[^1]) ? text[..^1] : text;

    private static Gen<string> Body(int least, int most, params string[][] sources) =>
        from count in Gen.Choose(least, most)
        from words in Gen.OneOf(sources.Select(source => Gen.Elements(source)).ToArray()).ArrayOf(count)
        from ends in Gen.Frequency((9, Gen.Constant(" ")), (2, Gen.Elements(LineEnds)), (1, Gen.Constant(""))).ArrayOf(count)
        from last in Gen.Elements("", "\n", "end", "end\n", " ", "=")
        select string.Concat(words.Zip(ends, (word, end) => word + end)) + last;
}
