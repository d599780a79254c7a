using System.Buffers.Binary;
using System.Net;
using System.Text;

namespace Sendwright.Tests.Dns;

/// <summary>
/// Writes DNS answers octet by octet, apart from the code under test, so that an error there cannot cancel itself out. Names may end in a raw compression pointer.
/// </summary>
internal sealed class DnsAnswerBytes
{
    private readonly List<byte> _bytes = [];
    private readonly int _questionEnd;

    private DnsAnswerBytes(ReadOnlySpan<byte> query, int rcode)
    {
        _questionEnd = 12;
        while (query[_questionEnd] != 0)
            _questionEnd += query[_questionEnd] + 1;
        _questionEnd += 5;
        _bytes.AddRange(query[.._questionEnd]);
        Header(2, (ushort)(0x8180 | rcode));
        Header(10, 0);
    }

    public static DnsAnswerBytes To(ReadOnlySpan<byte> query, int rcode = 0) => new(query, rcode);

    /// <summary>The type a question asks for.</summary>
    public static int TypeOf(ReadOnlySpan<byte> query)
    {
        var end = 12;
        while (query[end] != 0)
            end += query[end] + 1;
        return BinaryPrimitives.ReadUInt16BigEndian(query[(end + 1)..]);
    }

    /// <summary>The name a question asks for.</summary>
    public static string NameOf(ReadOnlySpan<byte> query)
    {
        List<string> labels = [];
        for (var at = 12; query[at] != 0; at += query[at] + 1)
            labels.Add(Encoding.ASCII.GetString(query.Slice(at + 1, query[at])));
        return string.Join('.', labels);
    }

    public static byte[] Name(string name) =>
        [.. name.Split('.', StringSplitOptions.RemoveEmptyEntries).SelectMany(label => (byte[])[(byte)label.Length, .. Encoding.ASCII.GetBytes(label)]), 0];

    public DnsAnswerBytes Flag(ushort set = 0, ushort clear = 0)
    {
        Header(2, (ushort)((Header(2) | set) & ~clear));
        return this;
    }

    public DnsAnswerBytes Id(ushort id)
    {
        Header(0, id);
        return this;
    }

    public DnsAnswerBytes Address(string address, string? owner = null)
    {
        var bytes = IPAddress.Parse(address).GetAddressBytes();
        return Record(owner, bytes.Length == 4 ? 1 : 28, bytes);
    }

    public DnsAnswerBytes Alias(string target, string? owner = null) => Record(owner, 5, Name(target));

    /// <summary>An answer record; its owner is a pointer to the question where none is given.</summary>
    public DnsAnswerBytes Record(string? owner, int type, byte[] data) => Raw(owner is null ? [0xC0, 12] : Name(owner), type, data, data.Length);

    public DnsAnswerBytes Raw(byte[] owner, int type, byte[] data, int claimedLength)
    {
        _bytes.AddRange(owner);
        _bytes.AddRange([(byte)(type >> 8), (byte)type, 0, 1, 0, 0, 0, 60, (byte)(claimedLength >> 8), (byte)claimedLength]);
        _bytes.AddRange(data);
        Header(6, (ushort)(Header(6) + 1));
        return this;
    }

    public DnsAnswerBytes WithoutQuestion()
    {
        _bytes.RemoveRange(12, _questionEnd - 12);
        Header(4, 0);
        return this;
    }

    public byte[] ToArray() => [.. _bytes];

    public static implicit operator byte[](DnsAnswerBytes answer) => answer.ToArray();

    private ushort Header(int at) => (ushort)((_bytes[at] << 8) | _bytes[at + 1]);

    private void Header(int at, ushort value)
    {
        _bytes[at] = (byte)(value >> 8);
        _bytes[at + 1] = (byte)value;
    }
}
