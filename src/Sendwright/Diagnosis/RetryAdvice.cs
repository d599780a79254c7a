namespace Sendwright.Diagnosis;

/// <summary>Whether and when trying again makes sense.</summary>
public enum RetryKind
{
    /// <summary>Never: the same message would be refused again.</summary>
    Never,

    /// <summary>At once, on a new connection.</summary>
    Now,

    /// <summary>After a while.</summary>
    After,

    /// <summary>After a quota's reset.</summary>
    AfterReset,

    /// <summary>When the fix has been made; until then every message would fail alike.</summary>
    WhenFixed,

    /// <summary>As several messages with fewer recipients each.</summary>
    Split,

    /// <summary>Over another route.</summary>
    OtherRoute,
}

/// <summary>Advice on trying again.</summary>
/// <param name="Kind">Whether and when.</param>
/// <param name="After">How long to wait; null where the kind says it all.</param>
public sealed record RetryAdvice(RetryKind Kind, TimeSpan? After = null)
{
    /// <summary>Never.</summary>
    public static RetryAdvice Never { get; } = new(RetryKind.Never);

    /// <summary>When the fix has been made.</summary>
    public static RetryAdvice WhenFixed { get; } = new(RetryKind.WhenFixed);

    /// <summary>At once.</summary>
    public static RetryAdvice Now { get; } = new(RetryKind.Now);

    /// <summary>After the half hour that RFC 5321, 4.5.4.1 asks for between two tries: what a 4yz reply means where nothing more is known.</summary>
    internal static RetryAdvice AfterTransientReply { get; } = Later(TimeSpan.FromMinutes(30));

    /// <summary>After a while.</summary>
    public static RetryAdvice Later(TimeSpan after) => new(RetryKind.After, after);
}
