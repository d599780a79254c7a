using System.Net;

namespace Sendwright.Doctor.Dns;

/// <summary>A resource record (RFC 1035, 4.1.3). Names are A-labels without the final dot, octets that are no host-name characters escaped as <c>\DDD</c>.</summary>
internal abstract record DnsRecord(string Name, DnsRecordType Type, TimeSpan TimeToLive);

/// <summary>A or AAAA.</summary>
internal sealed record AddressRecord(string Name, DnsRecordType Type, TimeSpan TimeToLive, IPAddress Address) : DnsRecord(Name, Type, TimeToLive);

/// <summary>CNAME: the name is an alias, everything asked for stands at <paramref name="Target"/>.</summary>
internal sealed record AliasRecord(string Name, TimeSpan TimeToLive, string Target) : DnsRecord(Name, DnsRecordType.Cname, TimeToLive);

/// <summary>PTR or NS: a name that points to a name.</summary>
internal sealed record PointerRecord(string Name, DnsRecordType Type, TimeSpan TimeToLive, string Target) : DnsRecord(Name, Type, TimeToLive);

/// <summary>MX. An exchange that is the root (empty here) says that the domain takes no mail (RFC 7505).</summary>
internal sealed record MailExchangerRecord(string Name, TimeSpan TimeToLive, int Preference, string Exchange)
    : DnsRecord(Name, DnsRecordType.Mx, TimeToLive);

/// <summary>TXT, its character-strings joined without a blank, as RFC 7208, 3.3 reads SPF and RFC 6376, 3.6.2.2 reads DKIM keys.</summary>
internal sealed record TextRecord(string Name, TimeSpan TimeToLive, string Text) : DnsRecord(Name, DnsRecordType.Txt, TimeToLive);

/// <summary>SRV (RFC 2782), such as <c>_submission._tcp</c> of RFC 6186.</summary>
internal sealed record ServiceRecord(string Name, TimeSpan TimeToLive, int Priority, int Weight, int Port, string Target)
    : DnsRecord(Name, DnsRecordType.Srv, TimeToLive);

/// <summary>A record of a type nobody here reads.</summary>
internal sealed record OtherRecord(string Name, DnsRecordType Type, TimeSpan TimeToLive) : DnsRecord(Name, Type, TimeToLive);
