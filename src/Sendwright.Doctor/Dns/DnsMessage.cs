using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Text;

namespace Sendwright.Doctor.Dns;

/// <summary>The question a message asks or repeats.</summary>
internal sealed record DnsQuestion(string Name, DnsRecordType Type);

/// <summary>A DNS message (RFC 1035, 4): pure grammar, no I/O.</summary>
internal sealed record DnsMessage
{
    /// <summary>What we say we can take in one datagram: the size that crosses every path without fragments (RFC 9715, 3.1 advises 1232 octets or so).</summary>
    public const int MaxDatagram = 1232;

    private const int HeaderLength = 12;
    private const ushort InternetClass = 1;
    private const ushort ResponseFlag = 0x8000;
    private const ushort AuthoritativeFlag = 0x0400;
    private const ushort TruncatedFlag = 0x0200;
    private const ushort RecursionDesiredFlag = 0x0100;
    private const ushort RecursionAvailableFlag = 0x0080;

    public required ushort Id { get; init; }

    public bool IsResponse { get; init; }

    public bool IsAuthoritative { get; init; }

    /// <summary>Whether the answer did not fit the datagram: ask again over TCP (RFC 7766, 5).</summary>
    public bool IsTruncated { get; init; }

    public bool RecursionAvailable { get; init; }

    public DnsResponseCode ResponseCode { get; init; }

    public IReadOnlyList<DnsQuestion> Questions { get; init; } = [];

    public IReadOnlyList<DnsRecord> Answers { get; init; } = [];

    public IReadOnlyList<DnsRecord> Authorities { get; init; } = [];

    /// <summary>Writes a recursive question of class IN, with an EDNS(0) OPT record (RFC 6891, 6.1.2) unless a server cannot bear one.</summary>
    public static byte[] EncodeQuery(ushort id, DnsName name, DnsRecordType type, bool edns)
    {
        // Each dot becomes the next label's length octet; one more stands in front and the root ends it.
        var message = new byte[HeaderLength + name.Text.Length + 2 + 4 + (edns ? 11 : 0)];
        BinaryPrimitives.WriteUInt16BigEndian(message, id);
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(2), RecursionDesiredFlag);
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(4), 1);
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(10), (ushort)(edns ? 1 : 0));
        var position = HeaderLength;
        foreach (var label in name.Text.Split('.'))
        {
            message[position++] = (byte)label.Length;
            position += Encoding.ASCII.GetBytes(label, message.AsSpan(position));
        }

        position++;
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(position), (ushort)type);
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(position + 2), InternetClass);
        if (edns)
        {
            BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(position + 5), (ushort)DnsRecordType.Opt);
            BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(position + 7), MaxDatagram);
        }

        return message;
    }

    /// <summary>Reads a message; <paramref name="problem"/> says what is broken where it is. Never throws.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out DnsMessage? message, [NotNullWhen(false)] out string? problem)
    {
        message = null;
        problem = null;
        var reader = new DnsReader(bytes);
        if (!reader.TryReadUInt16(out var id) || !reader.TryReadUInt16(out var flags) || !reader.TryReadUInt16(out var questionCount)
            || !reader.TryReadUInt16(out var answerCount) || !reader.TryReadUInt16(out var authorityCount) || !reader.TryReadUInt16(out var additionalCount))
        {
            problem = "shorter than a header";
            return false;
        }

        var truncated = (flags & TruncatedFlag) != 0;
        List<DnsQuestion> questions = [];
        List<DnsRecord> answers = [], authorities = [];
        var extendedCode = 0;
        // A truncated message may end anywhere (RFC 2181, 9); what stands before the cut is enough to know that TCP must be asked.
        if (!TryReadQuestions(ref reader, questionCount, questions, ref problem)
            || !TryReadRecords(ref reader, answerCount, answers, ref extendedCode, ref problem)
            || !TryReadRecords(ref reader, authorityCount, authorities, ref extendedCode, ref problem)
            || !TryReadRecords(ref reader, additionalCount, [], ref extendedCode, ref problem))
        {
            if (!truncated)
                return false;
            problem = null;
        }

        message = new DnsMessage
        {
            Id = id,
            IsResponse = (flags & ResponseFlag) != 0,
            IsAuthoritative = (flags & AuthoritativeFlag) != 0,
            IsTruncated = truncated,
            RecursionAvailable = (flags & RecursionAvailableFlag) != 0,
            ResponseCode = (DnsResponseCode)((extendedCode << 4) | (flags & 0xF)),
            Questions = questions,
            Answers = answers,
            Authorities = authorities,
        };
        return true;
    }

    private static bool TryReadQuestions(ref DnsReader reader, int count, List<DnsQuestion> questions, [NotNullWhen(false)] ref string? problem)
    {
        for (var i = 0; i < count; i++)
        {
            if (!reader.TryReadName(out var name) || !reader.TryReadUInt16(out var type) || !reader.TryReadUInt16(out _))
            {
                problem = "a broken question";
                return false;
            }

            questions.Add(new DnsQuestion(name, (DnsRecordType)type));
        }

        return true;
    }

    private static bool TryReadRecords(ref DnsReader reader, int count, List<DnsRecord> records, ref int extendedCode, [NotNullWhen(false)] ref string? problem)
    {
        for (var i = 0; i < count; i++)
        {
            if (!reader.TryReadName(out var name) || !reader.TryReadUInt16(out var type) || !reader.TryReadUInt16(out var @class)
                || !reader.TryReadUInt32(out var ttl) || !reader.TryReadUInt16(out var length))
            {
                problem = "a broken record";
                return false;
            }

            // RFC 6891, 6.1.3: the OPT record is no data; its TTL field begins with the upper eight bits of the response code.
            if (type == (ushort)DnsRecordType.Opt)
                extendedCode = (int)(ttl >> 24);
            var end = reader.Position + length;
            // RFC 2181, 8: a TTL with the top bit set counts as zero.
            var record = ReadData(ref reader, name, (DnsRecordType)type, @class, TimeSpan.FromSeconds(ttl > int.MaxValue ? 0 : ttl), length);
            if (record is null || reader.Position != end)
            {
                problem = "a record whose data do not fit its length";
                return false;
            }

            records.Add(record);
        }

        return true;
    }

    private static DnsRecord? ReadData(ref DnsReader reader, string name, DnsRecordType type, int @class, TimeSpan ttl, int length)
    {
        switch (@class == InternetClass ? type : default)
        {
            case DnsRecordType.A:
                return length == 4 && reader.TryReadBytes(length, out var v4) ? new AddressRecord(name, type, ttl, new IPAddress(v4)) : null;
            case DnsRecordType.Aaaa:
                return length == 16 && reader.TryReadBytes(length, out var v6) ? new AddressRecord(name, type, ttl, new IPAddress(v6)) : null;
            case DnsRecordType.Cname:
                return reader.TryReadName(out var alias) ? new AliasRecord(name, ttl, alias) : null;
            case DnsRecordType.Ptr or DnsRecordType.Ns:
                return reader.TryReadName(out var pointer) ? new PointerRecord(name, type, ttl, pointer) : null;
            case DnsRecordType.Mx:
                return reader.TryReadUInt16(out var preference) && reader.TryReadName(out var exchange)
                    ? new MailExchangerRecord(name, ttl, preference, exchange)
                    : null;
            case DnsRecordType.Srv:
                return reader.TryReadUInt16(out var priority) && reader.TryReadUInt16(out var weight) && reader.TryReadUInt16(out var port)
                    && reader.TryReadName(out var target)
                    ? new ServiceRecord(name, ttl, priority, weight, port, target)
                    : null;
            case DnsRecordType.Txt:
                return reader.TryReadBytes(length, out var strings) && TryJoinStrings(strings, out var text) ? new TextRecord(name, ttl, text) : null;
            default:
                return reader.TryReadBytes(length, out _) ? new OtherRecord(name, type, ttl) : null;
        }
    }

    private static bool TryJoinStrings(ReadOnlySpan<byte> data, out string text)
    {
        var joined = new byte[data.Length];
        var length = 0;
        text = "";
        while (!data.IsEmpty)
        {
            int size = data[0];
            if (size > data.Length - 1)
                return false;
            data.Slice(1, size).CopyTo(joined.AsSpan(length));
            length += size;
            data = data[(size + 1)..];
        }

        text = Encoding.UTF8.GetString(joined, 0, length);
        return true;
    }
}
