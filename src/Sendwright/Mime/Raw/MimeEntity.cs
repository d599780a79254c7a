namespace Sendwright.Mime.Raw;

/// <summary>How the body of an entity is read.</summary>
internal enum EntityKind
{
    /// <summary>Content that may be encoded.</summary>
    Leaf,

    /// <summary>Content that must stay as it is: encoded already, or of a type that may not be encoded (RFC 2045, 6.4).</summary>
    Fixed,

    /// <summary>Parts between boundaries.</summary>
    Multipart,

    /// <summary>A message with a header of its own.</summary>
    Message,
}

/// <summary>A message or a part of one (RFC 2045, 2.4), as far as it has been read.</summary>
internal sealed class MimeEntity
{
    /// <summary>RFC 2046, 5.1.1 allows 70 characters; a longer boundary is still one.</summary>
    private const int MaxBoundary = 200;

    /// <summary>Real messages nest three or four deep. What is nested deeper than this is one body.</summary>
    private const int MaxDepth = 40;

    private readonly bool _isInDigest;

    public MimeEntity(MimeEntity? parent, long headerStart)
    {
        Parent = parent;
        HeaderStart = headerStart;
        Depth = (parent?.Depth ?? 0) + 1;
        IsWithinSignature = parent is { IsWithinSignature: true } or { IsSignedMultipart: true };
        IsMessage = parent is null or { Kind: EntityKind.Message };
        _isInDigest = parent is { Kind: EntityKind.Multipart, IsDigest: true };
    }

    public MimeEntity? Parent { get; }

    public int Depth { get; }

    /// <summary>Whether it is a whole message, not a part of one.</summary>
    public bool IsMessage { get; }

    /// <summary>Whether a signature is about it (RFC 1847): then it must stay as it is.</summary>
    public bool IsWithinSignature { get; }

    public long HeaderStart { get; }

    public long BodyStart { get; set; }

    /// <summary>Its header; null until that was read to its end.</summary>
    public RawHeader? Header { get; private set; }

    public EntityKind Kind { get; private set; }

    public bool IsText { get; private set; }

    /// <summary>The transfer encoding it names, in lower case; null where it names none.</summary>
    public string? Encoding { get; private set; }

    /// <summary>Between parts: two hyphens and the boundary.</summary>
    public byte[] Delimiter { get; private set; } = [];

    /// <summary>Whether any of its boundaries was met.</summary>
    public bool HasParts { get; set; }

    /// <summary>Whether its last boundary was met.</summary>
    public bool IsClosed { get; set; }

    /// <summary>Its body, or what stands before and behind its parts.</summary>
    public LeafSurvey Body { get; set; } = new(countsQuotedPrintable: false);

    /// <summary>Whether it names an encoding for 8-bit data, which must not stand where there is none.</summary>
    public bool NamesEightBit => Encoding is "8bit" or "binary";

    private bool IsSignedMultipart { get; set; }

    private bool IsDigest { get; set; }

    public void Describe(RawHeader header, long bodyStart, bool isToBeEncoded)
    {
        Header = header;
        BodyStart = bodyStart;
        Encoding = header.Only("Content-Transfer-Encoding") is { } field ? MimeValue.Parse(header.Body(field)).Value.ToLowerInvariant() : null;
        var isPlain = Encoding is null or "7bit" or "8bit" or "binary" && header.WrongLine is null;
        // Two of one field leave open which counts.
        var isClear = header.Fields.Count(f => f.Is("Content-Type")) < 2 && header.Fields.Count(f => f.Is("Content-Transfer-Encoding")) < 2;
        var type = header.Only("Content-Type") is { } named ? MimeValue.Parse(header.Body(named)) : MimeValue.Parse(_isInDigest ? "message/rfc822" : "text/plain");
        Kind = isPlain && isClear ? KindOf(type) : EntityKind.Fixed;
        IsText = type.Value.StartsWith("text/", StringComparison.OrdinalIgnoreCase);
        Body = new LeafSurvey(Kind == EntityKind.Leaf && isToBeEncoded && !IsWithinSignature);
    }

    private EntityKind KindOf(MimeValue type)
    {
        if (type.Value.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase))
        {
            if (type.Parameter("boundary") is not { Length: > 0 and <= MaxBoundary } boundary || Depth >= MaxDepth)
                return EntityKind.Fixed;
            Delimiter = System.Text.Encoding.Latin1.GetBytes($"--{boundary}");
            IsSignedMultipart = type.Is("multipart/signed");
            IsDigest = type.Is("multipart/digest");
            return EntityKind.Multipart;
        }

        if (type.Is("message/rfc822") && Depth < MaxDepth)
            return EntityKind.Message;
        return type.Value.StartsWith("message/", StringComparison.OrdinalIgnoreCase) ? EntityKind.Fixed : EntityKind.Leaf;
    }
}
