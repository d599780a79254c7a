using System.Buffers;
using System.Text;

namespace Sendwright.Messages;

/// <summary>
/// Whether a text is in composed form (NFC), told without the tables of ICU: the runtime composes nothing where it runs without them. Composing by hand would need all of
/// Unicode's pairs; to see that there is something to compose needs few, and the others are refused as a whole.
/// </summary>
internal static class ComposedForm
{
    /// <summary>First and last of each range of characters that no text in NFC has, or that nearly always have been composed with the letter before (Unicode 15: NFC_QC).</summary>
    private const string Ranges =
        "\u0300\u036F\u0374\u0374\u037E\u037E\u0387\u0387\u0653\u0655\u0958\u095F\u09DC\u09DD\u09DF\u09DF\u0A33\u0A33\u0A36\u0A36" +
        "\u0A59\u0A5B\u0A5E\u0A5E\u0B5C\u0B5D\u0F43\u0F43\u0F4D\u0F4D\u0F52\u0F52\u0F57\u0F57\u0F5C\u0F5C\u0F69\u0F69\u0F73\u0F73" +
        "\u0F75\u0F76\u0F78\u0F78\u0F81\u0F81\u0F93\u0F93\u0F9D\u0F9D\u0FA2\u0FA2\u0FA7\u0FA7\u0FAC\u0FAC\u0FB9\u0FB9\u1161\u1175" +
        "\u11A8\u11C2\u1F71\u1F71\u1F73\u1F73\u1F75\u1F75\u1F77\u1F77\u1F79\u1F79\u1F7B\u1F7B\u1F7D\u1F7D\u1FBB\u1FBB\u1FBE\u1FBE" +
        "\u1FC9\u1FC9\u1FCB\u1FCB\u1FD3\u1FD3\u1FDB\u1FDB\u1FE3\u1FE3\u1FEB\u1FEB\u1FEE\u1FEF\u1FF9\u1FF9\u1FFB\u1FFB\u1FFD\u1FFD" +
        "\u2000\u2001\u2126\u2126\u212A\u212B\u2329\u232A\u2ADC\u2ADC\u3099\u309A\uF900\uFAD9\uFB1D\uFB1D\uFB1F\uFB1F\uFB2A\uFB4E";

    /// <summary>Letters and marks that make one character; in other company these marks are common in Indic texts.</summary>
    private const string Pairs =
        "\u0928\u093C\u0930\u093C\u0933\u093C\u09C7\u09BE\u09C7\u09D7\u0B47\u0B56\u0B47\u0B3E\u0B47\u0B57\u0B92\u0BD7\u0BC6\u0BBE" +
        "\u0BC7\u0BBE\u0BC6\u0BD7\u0C46\u0C56\u0CBF\u0CD5\u0CC6\u0CD5\u0CC6\u0CD6\u0CC6\u0CC2\u0CCA\u0CD5\u0D46\u0D3E\u0D47\u0D3E" +
        "\u0D46\u0D57\u0DD9\u0DCA\u0DD9\u0DCF\u0DDC\u0DCA\u0DD9\u0DDF\u1025\u102E\u1B05\u1B35\u1B07\u1B35\u1B09\u1B35\u1B0B\u1B35" +
        "\u1B0D\u1B35\u1B11\u1B35\u1B3A\u1B35\u1B3C\u1B35\u1B3E\u1B35\u1B3F\u1B35\u1B42\u1B35";

    private static readonly SearchValues<char> Suspects = SearchValues.Create(Expand());

    private static readonly bool IsComposedByRuntime = "u\u0308".Normalize() == "\u00FC";

    /// <summary>The text in NFC; null where it cannot be made here.</summary>
    public static string? Of(string text)
    {
        if (IsComposedByRuntime)
            return text.Normalize();
        if (text.AsSpan().ContainsAny(Suspects))
            return null;
        for (var index = 0; index < Pairs.Length; index += 2)
        {
            if (text.AsSpan().Contains(Pairs.AsSpan(index, 2), StringComparison.Ordinal))
                return null;
        }

        return text;
    }

    private static string Expand()
    {
        // The ideographs of compatibility beyond the first plane all start with this surrogate.
        var all = new StringBuilder("\uD87E");
        for (var index = 0; index < Ranges.Length; index += 2)
        {
            for (var character = Ranges[index]; character <= Ranges[index + 1]; character++)
                all.Append(character);
        }

        return all.ToString();
    }
}
