using System.Buffers;
using System.Globalization;
using System.Net;
using Sendwright.Evidence;

namespace Sendwright.Doctor.Explain.Readers;

/// <summary>Errors of the operating system's sockets, by number (whatever language Windows speaks), by symbol and by their words.</summary>
internal sealed class SystemErrorReader : IFactReader
{
    private static readonly SearchValues<char> AddressEnds = SearchValues.Create(" ,;()'\"");

    private static readonly FaultPhrase Refused = new("", FaultKind.ConnectionRefused, MailStage.Connect);
    private static readonly FaultPhrase TimedOut = new("", FaultKind.ConnectionTimedOut, MailStage.Connect) { TellsStage = false };
    private static readonly FaultPhrase Unreachable = new("", FaultKind.NetworkUnreachable, MailStage.Connect);
    private static readonly FaultPhrase Failed = new("", FaultKind.ConnectionFailed, MailStage.Connect);

    // A reset without more is one before any greeting: later, the program knows which command it waited for and mostly says so.
    private static readonly FaultPhrase Reset = new("", FaultKind.ConnectionReset, MailStage.Connect) { Precision = Precision.Symptom, TellsStage = false };
    private static readonly FaultPhrase Pipe = new("", FaultKind.Disconnected, MailStage.Hello) { Precision = Precision.Symptom, TellsStage = false };

    private static readonly FaultPhrase[] Phrases =
    [
        Refused with { Words = "connection refused" },
        Refused with { Words = "actively refused it" },
        Refused with { Words = "ECONNREFUSED" },
        Refused with { Words = "ConnectionRefusedError" },
        TimedOut with { Words = "connection timed out" },
        TimedOut with { Words = "operation timed out" },
        TimedOut with { Words = "did not properly respond after a period of time" },
        TimedOut with { Words = "connect ETIMEDOUT", TellsStage = true },
        Unreachable with { Words = "network is unreachable" },
        Unreachable with { Words = "no route to host" },
        Unreachable with { Words = "unreachable network" },
        Unreachable with { Words = "unreachable host" },
        Unreachable with { Words = "ENETUNREACH" },
        Unreachable with { Words = "EHOSTUNREACH" },
        Failed with { Words = "cannot assign requested address" },
        Failed with { Words = "can't assign requested address" },
        Failed with { Words = "EADDRNOTAVAIL" },
        Failed with { Words = "forbidden by its access permissions" },
        Reset with { Words = "connection reset by peer" },
        Reset with { Words = "forcibly closed by the remote host" },
        Reset with { Words = "ECONNRESET" },
        Reset with { Words = "ConnectionResetError" },
        Reset with { Words = "software caused connection abort" },
        Reset with { Words = "ConnectionAbortedError" },
        Reset with { Words = "established connection was aborted" },
        Pipe with { Words = "broken pipe" },
        Pipe with { Words = "EPIPE" },
    ];

    private static readonly string[] NumberIntroductions = ["Errno ", "WinError ", "SocketException (", "os error ", "errno: -", "errno=", "errno: "];

    // What stands in front of an address that could not be connected to.
    private static readonly string[] AddressIntroductions =
        ["Connect call failed (", "ECONNREFUSED ", "ETIMEDOUT ", "EHOSTUNREACH ", "ENETUNREACH ", "ECONNRESET ", "dial tcp "];

    public void Read(PastedText text, ReportedFacts facts)
    {
        var traceback = PythonTraceback.Of(text);
        FaultPhrase.Report(text, facts, traceback, Phrases);
        foreach (var introduction in NumberIntroductions)
        {
            foreach (var at in text.Find(introduction))
            {
                var digits = text.Flat.AsSpan(at + introduction.Length);
                var length = Math.Min(6, digits.Length - digits.TrimStart("0123456789").Length);
                if (length > 0 && length < 6 && OfNumber(int.Parse(digits[..length], NumberStyles.None, CultureInfo.InvariantCulture)) is { } phrase)
                    phrase.ReportAt(text, text.PlaceOf(at), facts, traceback);
            }
        }

        foreach (var introduction in AddressIntroductions)
        {
            foreach (var at in text.Find(introduction))
                ReadAddress(text.Flat, at + introduction.Length, facts);
        }
    }

    // Linux, macOS (and the BSDs), Windows. The small numbers of macOS mean other things on Linux, but nothing that a socket says.
    private static FaultPhrase? OfNumber(int number) => number switch
    {
        111 or 61 or 10061 => Refused,
        110 or 60 or 10060 => TimedOut,
        101 or 51 or 10051 or 113 or 65 or 10065 or 100 or 50 or 10050 => Unreachable,
        99 or 49 or 10049 or 10013 => Failed,
        104 or 54 or 10054 or 103 or 53 or 10053 => Reset,
        32 => Pipe,
        _ => null,
    };

    private static void ReadAddress(string flat, int at, ReportedFacts facts)
    {
        var words = flat.AsSpan(at, Math.Min(80, flat.Length - at));
        // Python's ('2001:db8::1', 587, 0, 0); Node's 2001:db8::1:587; Go's [2001:db8::1]:587.
        string? address;
        ReadOnlySpan<char> port;
        if (words.StartsWith("'"))
        {
            var close = words[1..].IndexOf('\'');
            if (close < 0)
                return;
            address = words[1..(close + 1)].ToString();
            port = words[(close + 2)..].TrimStart(", ");
        }
        else
        {
            var end = words.IndexOfAny(AddressEnds);
            var token = (end < 0 ? words : words[..end]).TrimEnd(":.");
            var colon = token.LastIndexOf(':');
            if (colon <= 0)
                return;
            address = token[..colon].Trim("[]").ToString();
            port = token[(colon + 1)..];
        }

        var digits = port.Length - port.TrimStart("0123456789").Length;
        if (digits is 0 or > 5 || !IPAddress.TryParse(address, out var parsed) || int.Parse(port[..digits], NumberStyles.None, CultureInfo.InvariantCulture) is not (> 0 and <= 65535 and var number))
            return;
        // The text says that it failed; how long it took it does not say.
        facts.Add(new AddressTry(parsed, number, FaultKind.ConnectionFailed, TimeSpan.Zero, null));
    }
}
