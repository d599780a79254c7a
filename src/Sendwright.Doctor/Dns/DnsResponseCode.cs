using System.Globalization;

namespace Sendwright.Doctor.Dns;

/// <summary>What a name server says about a question as a whole (RFC 1035, 4.1.1; RFC 6895, 2.3).</summary>
internal enum DnsResponseCode
{
    NoError = 0,
    FormatError = 1,
    ServerFailure = 2,
    NameError = 3,
    NotImplemented = 4,
    Refused = 5,

    /// <summary>The server does not speak this version of EDNS (RFC 6891, 9). Its number does not fit the header: the OPT record carries the upper bits.</summary>
    BadVersion = 16,
}

/// <summary>The mnemonics of RFC 6895, as <c>dig</c> prints them.</summary>
internal static class DnsResponseCodeNames
{
    public static string ToMnemonic(this DnsResponseCode code) => code switch
    {
        DnsResponseCode.NoError => "NOERROR",
        DnsResponseCode.FormatError => "FORMERR",
        DnsResponseCode.ServerFailure => "SERVFAIL",
        DnsResponseCode.NameError => "NXDOMAIN",
        DnsResponseCode.NotImplemented => "NOTIMP",
        DnsResponseCode.Refused => "REFUSED",
        DnsResponseCode.BadVersion => "BADVERS",
        _ => string.Create(CultureInfo.InvariantCulture, $"RCODE {(int)code}"),
    };
}
