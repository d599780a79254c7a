namespace Sendwright.Doctor.Dns;

/// <summary>The record types the doctor asks for or has to know to read an answer, by their IANA numbers.</summary>
internal enum DnsRecordType : ushort
{
    A = 1,
    Ns = 2,
    Cname = 5,
    Soa = 6,
    Ptr = 12,
    Mx = 15,
    Txt = 16,
    Aaaa = 28,
    Srv = 33,
    Opt = 41,
}
