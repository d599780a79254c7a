using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Sendwright.Tests.Mime;

/// <summary>Texts of the kinds that break mail: every script, what looks like markup of the header, blanks in odd places.</summary>
internal static class Texts
{
    private static readonly string[] Words =
    [
        "a", "Hello", "world", "x=y", "=?utf-8?Q?no?=", "=?", "?=", "=", ".", "..", "From ", "From", "--=_a", "-", "_", "\"", "\\", ",", ";", "<", ">", "(c)", "@", ":", "'", "%41", "=41",
        "ä", "ÖÜ", "é", "ß", "Привет", "мир", "日本語", "한국어", "שלום", "مرحبا", "हिन्दी", "ไทย", "😀", "👩‍👩‍👧", "🇩🇪", "e\u0301", "\u00a0", "\u200b", "\ufeff", "€", "\u2028",
        "averyveryveryveryveryveryveryveryveryveryveryveryveryveryveryveryverylongwordthatdoesnotfold",
    ];

    private static readonly string[] Controls = ["\t", "\u0001", "\u001b", "\u007f", "\u0085", "\f", "\v"];

    private static readonly string[] LineBreaks = ["\r\n", "\n", "\r", "\n\n", "\r\r\n"];

    private static readonly string[] LoneSurrogates = ["\ud83d", "\ude00"];

    /// <summary>What a header may hold: any valid Unicode without CR, LF and NUL.</summary>
    public static Arbitrary<string> HeaderValues { get; } = TextOf(Gen.OneOf(Gen.Elements(Words), Gen.Elements(" ", " ", " ", "  "), Gen.Elements(Controls), AnyRune)).ToArbitrary();

    /// <summary>What a person, a group or a file may be called: no control characters, not too long.</summary>
    public static Arbitrary<string> Names { get; } =
        HeaderValues.Generator.Select(text => string.Concat(text.EnumerateRunes().Where(rune => !Rune.IsControl(rune)).Take(100))).ToArbitrary();

    /// <summary>What a body may hold: anything.</summary>
    public static Arbitrary<string> Bodies { get; } = TextOf(Gen.OneOf(
        Gen.Elements(Words), Gen.Elements(" ", "\t", "  "), Gen.Elements(LineBreaks), Gen.Elements(Controls), Gen.Elements("\0"), Gen.Elements(LoneSurrogates), AnyRune)).ToArbitrary();

    /// <summary>Anything at all, more often than not with something in it that must be refused.</summary>
    public static Arbitrary<string> Hostile { get; } = TextOf(Gen.OneOf(
        Gen.Elements(Words), Gen.Elements("a@b.c", "@", "<", ">", "[", "]", "\""), Gen.Elements(LineBreaks), Gen.Elements("\0"), Gen.Elements(LoneSurrogates))).ToArbitrary();

    private static Gen<string> AnyRune =>
        Gen.Choose(0x20, 0x10FFFF).Where(value => value is < 0xD800 or > 0xDFFF).Select(char.ConvertFromUtf32);

    private static Gen<string> TextOf(Gen<string> piece) => piece.ListOf().Select(string.Concat);
}
