using System.Buffers.Binary;

namespace Sendwright.Smtp.Connecting;

/// <summary>
/// Reads along in a TLS handshake, as far as it is in clear, for what the TLS library does not tell: whether a session was resumed, and whether the server asked for a
/// client certificate. Takes any octets, in any pieces, and keeps at most one message.
/// </summary>
internal sealed class HandshakeScanner
{
    private const int RecordHeader = 5;
    private const int MessageHeader = 4;

    /// <summary>A ServerHello with the largest key share in use has 1.2 KB.</summary>
    private const int LongestHello = 4096;

    // RFC 8446, 5.1 and 4.
    private const byte ChangeCipherSpecRecord = 20;
    private const byte HandshakeRecord = 22;
    private const byte ApplicationDataRecord = 23;
    private const byte ServerHelloMessage = 2;
    private const byte CertificateMessage = 11;
    private const byte CertificateRequestMessage = 13;
    private const int PreSharedKeyExtension = 41;
    private const int SupportedVersionsExtension = 43;

    // RFC 8446, 4.1.3: a ServerHello with this random asks for another ClientHello, and decides nothing yet.
    private static ReadOnlySpan<byte> HelloRetryRequest =>
    [
        0xCF, 0x21, 0xAD, 0x74, 0xE5, 0x9A, 0x61, 0x11, 0xBE, 0x1D, 0x8C, 0x02, 0x1E, 0x65, 0xB8, 0x91, 0xC2, 0xA2, 0x11, 0x16, 0x7A, 0xBB, 0x8C, 0x5E, 0x07, 0x9E, 0x09, 0xE2, 0xC8, 0xA8, 0x33, 0x9C,
    ];

    private readonly Records _received = new();
    private readonly Records _sent = new();
    private readonly List<byte> _message = [];
    private int _messageLength = -1;
    private bool _isDone;
    private bool _isTls13;
    private bool _sawHello;

    /// <summary>Whether the keys come from an earlier session (RFC 8446, 2.2; RFC 5246, 7.3); null while it does not show.</summary>
    public bool? IsResumed { get; private set; }

    /// <summary>Whether the server was seen to ask for a client certificate: in TLS 1.2.</summary>
    public bool SawCertificateRequest { get; private set; }

    /// <summary>
    /// The encrypted records of our side of the handshake. In TLS 1.3 there is one where the server asked for nothing (Finished), and more where it asked for a
    /// certificate: even "I have none" is a message of its own, and OpenSSL gives each a record.
    /// </summary>
    public int SentEncrypted { get; private set; }

    /// <summary>Whether it is TLS 1.3.</summary>
    public bool IsTls13 => _isTls13;

    public void Received(ReadOnlySpan<byte> octets)
    {
        while (!_isDone && _received.TryTake(ref octets, out var type, out var content, out var isNew))
            Read(type, content, isNew);
    }

    public void Sent(ReadOnlySpan<byte> octets)
    {
        while (_sent.TryTake(ref octets, out var type, out _, out var isNew))
            SentEncrypted += isNew && type == ApplicationDataRecord ? 1 : 0;
    }

    private void Read(byte type, ReadOnlySpan<byte> content, bool isNew)
    {
        switch (type)
        {
            case HandshakeRecord:
                ReadMessages(content);
                break;
            case ChangeCipherSpecRecord when _isTls13 || !_sawHello:
                break; // For the sake of boxes in the middle (RFC 8446, D.4).
            case ChangeCipherSpecRecord when isNew:
                // RFC 5246, 7.3: in a full handshake the server has sent its certificate before.
                IsResumed ??= true;
                _isDone = true;
                break;
            default:
                _isDone = true;
                break;
        }
    }

    private void ReadMessages(ReadOnlySpan<byte> content)
    {
        while (!content.IsEmpty && !_isDone)
        {
            if (_message.Count < MessageHeader)
            {
                var header = content[..Math.Min(MessageHeader - _message.Count, content.Length)];
                _message.AddRange(header);
                content = content[header.Length..];
                if (_message.Count < MessageHeader)
                    return;
                _messageLength = (_message[1] << 16) | (_message[2] << 8) | _message[3];
                Begin(_message[0]);
            }

            var part = content[..Math.Min(_messageLength, content.Length)];
            if (_message[0] == ServerHelloMessage)
                _message.AddRange(part);
            _messageLength -= part.Length;
            content = content[part.Length..];
            if (_messageLength > 0)
                return;
            if (_message[0] == ServerHelloMessage)
                ReadHello(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_message)[MessageHeader..]);
            _message.Clear();
        }
    }

    private void Begin(byte message)
    {
        if (message == CertificateMessage)
            IsResumed = false;
        if (message == CertificateRequestMessage)
            SawCertificateRequest = true;
        if (message == ServerHelloMessage && _messageLength > LongestHello)
            _isDone = true;
    }

    private void ReadHello(ReadOnlySpan<byte> hello)
    {
        const int VersionAndRandom = 2 + 32;
        if (hello.Length <= VersionAndRandom || hello[2..VersionAndRandom].SequenceEqual(HelloRetryRequest))
            return;
        _sawHello = true;
        // The session's id, then the cipher suite and the compression method, then the extensions.
        var at = VersionAndRandom + 1 + hello[VersionAndRandom] + 2 + 1 + 2;
        var hasKey = false;
        while (at + 4 <= hello.Length)
        {
            var extension = BinaryPrimitives.ReadUInt16BigEndian(hello[at..]);
            _isTls13 |= extension == SupportedVersionsExtension;
            hasKey |= extension == PreSharedKeyExtension;
            at += 4 + BinaryPrimitives.ReadUInt16BigEndian(hello[(at + 2)..]);
        }

        if (_isTls13)
            IsResumed = hasKey;
    }

    /// <summary>Cuts a stream of octets into the contents of TLS records, each possibly in several parts.</summary>
    private sealed class Records
    {
        private readonly byte[] _header = new byte[RecordHeader];
        private int _headerLength;
        private int _left;
        private bool _isNew;

        public bool TryTake(ref ReadOnlySpan<byte> octets, out byte type, out ReadOnlySpan<byte> content, out bool isNew)
        {
            while (_left == 0)
            {
                var part = octets[..Math.Min(RecordHeader - _headerLength, octets.Length)];
                part.CopyTo(_header.AsSpan(_headerLength));
                _headerLength += part.Length;
                octets = octets[part.Length..];
                if (_headerLength < RecordHeader)
                {
                    type = 0;
                    content = default;
                    isNew = false;
                    return false;
                }

                _headerLength = 0;
                _left = BinaryPrimitives.ReadUInt16BigEndian(_header.AsSpan(3));
                _isNew = true;
            }

            (type, isNew) = (_header[0], _isNew);
            content = octets[..Math.Min(_left, octets.Length)];
            octets = octets[content.Length..];
            _left -= content.Length;
            if (content.IsEmpty)
                return false;
            _isNew = false;
            return true;
        }
    }
}
