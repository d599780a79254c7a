using System.Globalization;

namespace Sendwright.Mime;

/// <summary><c>date-time</c> of RFC 5322, 3.3.</summary>
internal static class MailDate
{
    /// <summary>Writes a date such as <c>Sun, 22 Nov 2026 17:10:00 +0100</c>.</summary>
    public static void Write(ref HeaderWriter writer, DateTimeOffset date)
    {
        const int Length = 31;
        const string Zone = "GMT";
        writer.StartToken(Length);
        var free = writer.Free(Length);
        // "R" is the same but for the zone, which it calls GMT whatever it is.
        _ = date.DateTime.TryFormat(free, out var written, "R", CultureInfo.InvariantCulture);
        var zone = free[(written - Zone.Length)..];
        var minutes = (int)Math.Abs(date.Offset.TotalMinutes);
        zone[0] = date.Offset < TimeSpan.Zero ? (byte)'-' : (byte)'+';
        TwoDigits(minutes / 60, zone[1..]);
        TwoDigits(minutes % 60, zone[3..]);
        writer.Advance(Length);
    }

    private static void TwoDigits(int value, Span<byte> destination)
    {
        destination[1] = (byte)('0' + (value % 10));
        destination[0] = (byte)('0' + (value / 10));
    }
}
