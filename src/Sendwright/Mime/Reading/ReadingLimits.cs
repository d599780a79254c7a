namespace Sendwright.Mime.Reading;

/// <summary>How far a message is taken apart. What goes beyond stays in one piece, as the content of the last part; nothing is lost.</summary>
internal static class ReadingLimits
{
    /// <summary>Multiparts inside one another. Dovecot and Postfix follow 100; real messages nest three or four deep.</summary>
    public const int MaxDepth = 100;

    /// <summary>Parts of a message, so that a message of nothing but boundaries does not take a hundred times its size. amavis looks into 1,500 by default.</summary>
    public const int MaxParts = 10_000;

    /// <summary>Header fields of a message and its parts together, for the same reason.</summary>
    public const int MaxFields = 100_000;

    /// <summary>Messages attached to one another: as many as one may be composed of.</summary>
    public const int MaxMessageDepth = MessageLimits.MaxMessageDepth;

    /// <summary>RFC 2046, 5.1.1 allows 70 characters; a longer boundary is still one.</summary>
    public const int MaxBoundary = 200;
}
