using System.Text;

namespace Sendwright.Mime.Dkim;

/// <summary>The form in which a header field is hashed (RFC 6376, 3.4.1 and 3.4.2).</summary>
internal static class HeaderForm
{
    /// <summary>Appends a field, which ends with its line end.</summary>
    public static void Append(ref HeaderWriter form, ReadOnlySpan<byte> field, DkimCanonicalization canonicalization)
    {
        if (canonicalization is DkimCanonicalization.Simple)
        {
            form.Append(field);
            return;
        }

        var colon = field.IndexOf((byte)':');
        AppendName(ref form, field[..colon].TrimEnd(" \t"u8));
        form.Append(":"u8);
        AppendValue(ref form, field[(colon + 1)..]);
        form.Append("\r\n"u8);
    }

    private static void AppendName(ref HeaderWriter form, ReadOnlySpan<byte> name)
    {
        Ascii.ToLower(name, form.Free(name.Length), out var written);
        form.Advance(written);
    }

    /// <summary>
    /// Line ends are blanks here: in a field each is followed by one, and both together become one space. Form feeds and other blanks of Unicode are not: RFC 6376, 2.8
    /// means space and tab alone.
    /// </summary>
    private static void AppendValue(ref HeaderWriter form, ReadOnlySpan<byte> value)
    {
        var isFirst = true;
        while (!(value = value.TrimStart(" \t\r\n"u8)).IsEmpty)
        {
            var end = value.IndexOfAny(" \t\r\n"u8);
            if (!isFirst)
                form.Append(" "u8);
            form.Append(end < 0 ? value : value[..end]);
            value = end < 0 ? [] : value[end..];
            isFirst = false;
        }
    }
}
