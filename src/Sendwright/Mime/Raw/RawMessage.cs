using System.Globalization;
using System.IO.Pipelines;
using Sendwright.Mime.Raw;
using Sendwright.Smtp.Wire;
using Sendwright.Transport;

namespace Sendwright;

/// <summary>
/// A ready-made message (RFC 5322), sent as it is but for what the standards demand. Reading it checks it: lines end with CRLF, there is no NUL, and it has a header.
/// </summary>
/// <remarks>
/// From a message that nobody has signed the fields <c>Bcc</c>, <c>Resent-Bcc</c> and <c>Return-Path</c> are left out. A signed one (DKIM, ARC, multipart/signed) is not
/// touched. A last line without CRLF gets one.
/// </remarks>
public sealed class RawMessage : IMessageContent
{
    /// <summary>RFC 5322, 2.1.1: "Each line of characters MUST be no more than 998 characters [...] excluding the CRLF."</summary>
    private const int MaxLine = 998;

    private const string MakeCanonical = "End each line with CRLF: unix2dos does that to a file, and RawMessage.FromUnixText to a text whose lines all end with LF.";

    private readonly RawContent _content;
    private readonly SevenBitForm? _sevenBit;
    private readonly RawHeader _header;

    private RawMessage(RawContent content, RawHeader header, RawFacts facts, LineScanner lines, SevenBitForm? sevenBit)
    {
        _header = header;
        _content = content;
        _sevenBit = sevenBit;
        MessageId = facts.MessageId;
        IsSigned = facts.IsSigned;
        IsEightBit = lines.IsEightBit;
        NeedsSmtpUtf8 = facts.IsEightBit || sevenBit is { HasEightBitHeader: true };
        LongestLine = lines.LongestLine;
    }

    /// <summary>The octets that are sent, exactly.</summary>
    public long Size => _content.Size;

    long? IMessageContent.Size => Size;

    /// <summary>The Message-ID with its angle brackets; null where the message has none, has several, or has one that is none (RFC 5322, 3.6.4).</summary>
    public string? MessageId { get; }

    /// <inheritdoc />
    public bool IsEightBit { get; }

    /// <summary>Whether its header, or the header of one of its parts, holds octets over 127, so that only a server with SMTPUTF8 can take it (RFC 6531).</summary>
    public bool NeedsSmtpUtf8 { get; }

    /// <summary>Whether it is signed, so that no octet of it may change: it has a DKIM-Signature (RFC 6376) or an ARC set (RFC 8617), or is multipart/signed (RFC 1847).</summary>
    public bool IsSigned { get; }

    /// <summary>The octets of its longest line, CRLF not counted.</summary>
    public long LongestLine { get; }

    /// <inheritdoc />
    public bool HasOverlongLine => LongestLine > MaxLine;

    bool IMessageContent.EndsWithLineEnd => true;

    /// <summary>A message in memory. The memory is not copied: it must not change while the message is in use.</summary>
    /// <exception cref="FormatException">It breaks the rules of lines or has no header; the message names the place and the fix.</exception>
    public static RawMessage FromBytes(ReadOnlyMemory<byte> message)
    {
        var lines = new LineScanner();
        lines.Scan(message.Span);
        lines.Complete();
        var gathering = HeaderGathering.Of(message);
        var source = RawSource.Of(message);
        Check(source, lines, gathering);
        var header = RawHeader.Parse(gathering.Octets);
        Check(source, header);
        SevenBitForm? sevenBit = null;
        var facts = RawFacts.Of(header);
        if (NeedsForm(lines))
        {
            var survey = new MimeSurvey(facts.IsSigned);
            survey.Take(message.Span);
            sevenBit = survey.Complete();
        }

        return Build(source, null, header, facts, lines, sevenBit);
    }

    /// <summary>A message in memory whose lines all end with LF, as Unix programs write them. Each becomes CRLF.</summary>
    /// <exception cref="FormatException">
    /// It has a CR (then nobody can say which of its LFs are line ends and which were smuggled in), a NUL, or no header.
    /// </exception>
    public static RawMessage FromUnixText(ReadOnlySpan<byte> text)
    {
        if (text.IndexOf((byte)'\r') is >= 0 and var at)
        {
            throw new FormatException(string.Create(
                CultureInfo.InvariantCulture,
                $"The text has a CR at offset {at}, in line {text[..at].Count((byte)'\n') + 1}: its line ends are not all LF. Where all are CRLF use RawMessage.FromBytes; a mixture is not guessed at, so make them alike first."));
        }

        var octets = new byte[text.Length + text.Count((byte)'\n')];
        var written = 0;
        foreach (var line in text.Split((byte)'\n'))
        {
            if (line.Start.Value > 0)
            {
                "\r\n"u8.CopyTo(octets.AsSpan(written));
                written += 2;
            }

            text[line].CopyTo(octets.AsSpan(written));
            written += line.End.Value - line.Start.Value;
        }

        return FromBytes(octets);
    }

    /// <summary>
    /// A message read from streams, each opened at its first octet. It is read once or twice now, in bounded memory, and once more each time it is sent; each reading must give the same octets.
    /// </summary>
    /// <param name="open">Opens a new stream, which is disposed of when it has been read.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="FormatException">It breaks the rules of lines or has no header; the message names the place and the fix.</exception>
    /// <exception cref="IOException">It cannot be read, or changed while it was read.</exception>
    public static Task<RawMessage> OpenAsync(Func<CancellationToken, ValueTask<Stream>> open, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(open);
        return OpenAsync(RawSource.Of(open, "the message's stream"), cancellationToken);
    }

    /// <summary>A message in a file, which stays where it is and is read each time the message is sent, as <see cref="OpenAsync(Func{CancellationToken, ValueTask{Stream}}, CancellationToken)"/> has it.</summary>
    /// <exception cref="FormatException">It breaks the rules of lines or has no header; the message names the place and the fix.</exception>
    /// <exception cref="IOException">It cannot be read, or changed while it was read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static Task<RawMessage> FromFileAsync(string path, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var options = new FileStreamOptions { Options = FileOptions.Asynchronous | FileOptions.SequentialScan, BufferSize = 0 };
        return OpenAsync(RawSource.Of(_ => ValueTask.FromResult<Stream>(new FileStream(path, options)), path), cancellationToken);
    }

    /// <summary>
    /// The same message with each 8-bit part as quoted-printable or base64, 8-bit header fields as encoded-words (RFC 2047) or extended parameters (RFC 2231), and no line
    /// over 998 octets; all else as it is. This message itself where it is so already.
    /// </summary>
    /// <returns>
    /// Null where that cannot be had: it is signed, an address in its header is not ASCII before the @, a header field is not UTF-8 or has a word too long for a line, or its structure cannot be followed.
    /// </returns>
    public IMessageContent? ToSevenBit() => !IsEightBit && !HasOverlongLine ? this : _sevenBit?.Pieces is null ? null : new SevenBitMessage(_content.As(_sevenBit.Pieces, _sevenBit.Size), MessageId);

    /// <summary>
    /// The envelope that its header asks for, as <c>sendmail -t</c> reads it: from Sender, or else From, to everyone in To, Cc and Bcc, each once. It is read only where it is
    /// asked for: whom a relayed message is for is not what its header says (RFC 5321, 2.3.1).
    /// </summary>
    /// <exception cref="FormatException">The header names no sender or several, no recipient, what is no address, or a second journey (Resent- fields).</exception>
    public Envelope ReadEnvelope() => HeaderEnvelope.Of(_header);

    /// <inheritdoc />
    /// <exception cref="IOException">It cannot be read, is not what it was when it was opened, or whoever reads the other end stopped.</exception>
    public ValueTask WriteToAsync(PipeWriter writer, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(writer);
        return _content.WriteToAsync(writer, cancellationToken);
    }

    private static async Task<RawMessage> OpenAsync(RawSource source, CancellationToken cancellationToken)
    {
        var fingerprint = new Fingerprint();
        var gathering = new HeaderGathering();
        await foreach (var octets in source.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            fingerprint.Take(octets.Span);
            gathering.Take(octets.Span);
            if (fingerprint.Lines.Problem != ContentProblem.None || gathering.IsTooLong)
                break;
        }

        fingerprint.Lines.Complete();
        Check(source, fingerprint.Lines, gathering);
        var header = RawHeader.Parse(gathering.Octets.ToArray());
        Check(source, header);
        var facts = RawFacts.Of(header);
        var sevenBit = NeedsForm(fingerprint.Lines) ? await SurveyAsync(source, fingerprint, facts, cancellationToken).ConfigureAwait(false) : null;
        return Build(source, fingerprint, header, facts, fingerprint.Lines, sevenBit);
    }

    // Only a message with octets or lines that some server cannot take is read a second time.
    private static async Task<SevenBitForm> SurveyAsync(RawSource source, Fingerprint fingerprint, RawFacts facts, CancellationToken cancellationToken)
    {
        var survey = new MimeSurvey(facts.IsSigned);
        var again = new Fingerprint();
        await foreach (var octets in source.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            again.Take(octets.Span);
            if (!again.CouldBecome(fingerprint))
                break;
            survey.Take(octets.Span);
        }

        return again.Matches(fingerprint) ? survey.Complete() : throw source.Changed();
    }

    private static bool NeedsForm(LineScanner lines) => lines.IsEightBit || lines.LongestLine > MaxLine;

    private static RawMessage Build(RawSource source, Fingerprint? fingerprint, RawHeader header, RawFacts facts, LineScanner lines, SevenBitForm? sevenBit)
    {
        var pieces = facts.Public(header, header.Octets.Length).ToList();
        if (lines.Octets > header.Octets.Length)
            pieces.Add(new ContentPiece(PieceKind.Copy, header.Octets.Length, lines.Octets - header.Octets.Length));
        // RFC 5321, 4.1.1.4: the message ends with a CRLF, "the first <CRLF> of this terminating sequence is also the <CRLF> that ends the final line of the data".
        if (!lines.IsAtLineStart)
            pieces.Add(ContentPiece.Insert(lines.Octets, "\r\n"u8.ToArray()));
        return new RawMessage(new RawContent(source, fingerprint, pieces, pieces.Sum(piece => piece.PlainLength)), header, facts, lines, sevenBit);
    }

    private static void Check(RawSource source, LineScanner lines, HeaderGathering header)
    {
        if (lines.Octets == 0 && lines.Problem == ContentProblem.None)
            throw new FormatException($"There is nothing in {source.Name}. A message has at least a header (RFC 5322, 2.1): check where it comes from.");
        if (lines.Problem != ContentProblem.None)
        {
            var fix = lines.Problem == ContentProblem.Nul ? "Encode the part that holds it as base64." : MakeCanonical;
            throw new FormatException($"{lines.Describe()} It is read from {source.Name}. {fix}");
        }

        if (header.IsTooLong)
        {
            throw new FormatException(string.Create(
                CultureInfo.InvariantCulture,
                $"The header of {source.Name} has no blank line behind it within {HeaderGathering.MaxOctets} octets. Put a blank line between header and body, and long lists into the body."));
        }
    }

    private static void Check(RawSource source, RawHeader header)
    {
        if (header.WrongLine is null && header.Fields.Count > 0)
            return;
        var line = header.WrongLine ?? 1;
        var fix = header.Octets.Span.StartsWith("From "u8)
            ? "It is the first line of a mailbox file: take it out."
            : "Start the message with its header, such as \"From: ann@example.com\", a blank line behind it, then the body.";
        throw new FormatException(string.Create(
            CultureInfo.InvariantCulture,
            $"Line {line} of {source.Name} is no header field (a name, a colon, a value; RFC 5322, 2.2). {fix}"));
    }
}
