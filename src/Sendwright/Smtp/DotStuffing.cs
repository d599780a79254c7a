namespace Sendwright.Smtp;

/// <summary>
/// RFC 5321, 4.5.2: "Before sending a line of mail text, the SMTP client checks the first character of the line. If it is a period, one additional period is inserted at
/// the beginning of the line."
/// </summary>
internal static class DotStuffing
{
    /// <summary>Puts so many dots into what was written from <paramref name="start"/> on. It holds CRLF only, and as many lines of it begin with a dot.</summary>
    /// <remarks>From the end to the start, so that each octet moves once, to where it stays: content of nothing but dots costs no more than any other.</remarks>
    public static void Insert(SmtpOutput output, int start, int dots)
    {
        var end = output.Length - start;
        _ = output.GetSpan(dots);
        output.Advance(dots);
        var all = output.Written(start);
        for (; dots > 0; dots--)
        {
            // Where no line in front of it ends here, the dot is the very first octet, and the line before it ended in an earlier piece.
            var dot = all[..end].LastIndexOf("\n."u8) + 1;
            all[dot..end].CopyTo(all[(dot + dots)..]);
            all[dot + dots - 1] = (byte)'.';
            end = dot;
        }
    }
}
