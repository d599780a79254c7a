using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Sendwright.Mime.Dkim;

/// <summary>Writes a DKIM-Signature field (RFC 6376, 3.5): folded, its signature last, so that what is signed is what stands before it.</summary>
internal static class SignatureField
{
    /// <summary>A message needs a few dozen; each costs a word in h=, which grows with what a sender of raw content makes up.</summary>
    private const int MostFields = 1000;

    /// <exception cref="InvalidDataException">The message has too many fields to sign.</exception>
    public static void Write(ref HeaderWriter destination, SigningKey key, HeaderBlock header, ReadOnlySpan<byte> bodyHash, DateTimeOffset now)
    {
        var signed = new HeaderWriter();
        var field = new HeaderWriter();
        try
        {
            WriteTags(ref field, key.Settings, now);
            SignFields(ref field, ref signed, key, header);
            field.Append(";"u8);
            field.StartToken("bh=".Length + Base64.GetMaxEncodedToUtf8Length(bodyHash.Length) + ";".Length);
            field.Append("bh="u8);
            AppendBase64(ref field, bodyHash);
            field.Append(";"u8);
            field.Fold();
            field.Append("b="u8);

            // RFC 6376, 3.7: the field itself comes last, with an empty b= and without its line end.
            HeaderForm.Append(ref signed, field.Written, key.Settings.HeaderCanonicalization);
            var octets = signed.Written;
            if (octets.EndsWith("\r\n"u8))
                octets = octets[..^2];
            AppendBase64(ref field, key.Sign(SHA256.HashData(octets)));
            field.EndField();
            destination.Append(field.Written);
        }
        finally
        {
            signed.Dispose();
            field.Dispose();
        }
    }

    private static void WriteTags(ref HeaderWriter field, DkimKey settings, DateTimeOffset now)
    {
        field.Field("DKIM-Signature:"u8);
        field.Token("v=1;"u8);
        field.Token("a=rsa-sha256;"u8);
        field.Token($"c={Form(settings.HeaderCanonicalization)}/{Form(settings.BodyCanonicalization)};");
        field.Token($"d={settings.Domain};");
        field.Token($"s={settings.Selector};");
        if (settings.Identity is { } identity)
            field.Token($"i={Encoded(identity)};");
        var time = now.ToUnixTimeSeconds();
        field.Token(string.Create(CultureInfo.InvariantCulture, $"t={time};"));
        if (settings.Lifetime is { } lifetime)
            field.Token(string.Create(CultureInfo.InvariantCulture, $"x={time + (long)lifetime.TotalSeconds};"));
    }

    /// <summary>
    /// Writes h= and what it names. RFC 6376, 5.4.2: where a field is there several times, the last one is signed first; a name beyond them stands for the absence of
    /// another one (8.15).
    /// </summary>
    private static void SignFields(ref HeaderWriter field, ref HeaderWriter signed, SigningKey key, HeaderBlock header)
    {
        var names = 0;
        foreach (var wanted in key.Fields)
        {
            var isThere = false;
            for (var index = header.Count - 1; index >= 0; index--)
            {
                if (!header.IsNamed(index, wanted.Name))
                    continue;
                isThere = true;
                AppendName(ref field, wanted.Name, ref names);
                HeaderForm.Append(ref signed, header[index], key.Settings.HeaderCanonicalization);
            }

            if (isThere ? wanted.IsOversigned : wanted.IsSealedWhereAbsent)
                AppendName(ref field, wanted.Name, ref names);
        }
    }

    private static void AppendName(ref HeaderWriter field, string name, ref int names)
    {
        if (++names > MostFields)
            throw new InvalidDataException($"The message has more than {MostFields} header fields to sign, most of them {name}, so it cannot be signed. Remove the repeated ones.");
        if (names == 1)
        {
            field.StartToken("h=".Length + name.Length + 1);
            field.Append("h="u8);
        }
        else
        {
            field.Append(":"u8);
            // The colon or semicolon behind it has to fit too.
            if (field.Room < name.Length + 1)
                field.Fold();
        }

        field.Append(name);
    }

    private static void AppendBase64(ref HeaderWriter field, ReadOnlySpan<byte> octets)
    {
        Span<byte> text = new byte[Base64.GetMaxEncodedToUtf8Length(octets.Length)];
        Base64.EncodeToUtf8(octets, text, out _, out var written);
        text = text[..written];
        while (text.Length > field.Room)
        {
            var room = field.Room;
            field.Append(text[..room]);
            text = text[room..];
            field.Fold();
        }

        field.Append(text);
    }

    private static string Form(DkimCanonicalization canonicalization) => canonicalization is DkimCanonicalization.Simple ? "simple" : "relaxed";

    /// <summary>RFC 6376, 2.11: of what an address may hold, these are not safe in a tag.</summary>
    private static string Encoded(string identity)
    {
        var encoded = new StringBuilder(identity.Length);
        foreach (var c in identity)
            _ = c is ' ' or ';' or '=' ? encoded.Append(CultureInfo.InvariantCulture, $"={(int)c:X2}") : encoded.Append(c);
        return encoded.ToString();
    }
}
