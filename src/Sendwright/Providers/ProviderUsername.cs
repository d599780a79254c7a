namespace Sendwright.Providers;

/// <summary>What a provider's user names look like.</summary>
internal sealed record ProviderUsername
{
    public required UsernameForm Form { get; init; }

    /// <summary>The one word that every customer uses.</summary>
    public string? Literal { get; init; }

    /// <summary>How the names begin that the provider issues.</summary>
    public string? Prefix { get; init; }

    /// <summary>The same in words.</summary>
    public required string Text { get; init; }
}

/// <summary>The shape of a user name.</summary>
internal enum UsernameForm
{
    /// <summary>The whole e-mail address.</summary>
    FullAddress,

    /// <summary>What stands before the @.</summary>
    LocalPart,

    /// <summary>One word for all customers.</summary>
    Literal,

    /// <summary>A name or key that the provider issues.</summary>
    Issued,
}
