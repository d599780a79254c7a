namespace Sendwright.Settings;

/// <summary>
/// Gives OAuth 2 access tokens for logins, in place of a password. It is asked at each login that a connection makes, so it should keep its token and renew it in time;
/// it may be called by several connections at once.
/// </summary>
/// <param name="request">Who logs in where, and the token that was just refused, if one was.</param>
/// <param name="cancellationToken">The send was cancelled, or its time is up.</param>
/// <returns>The access token alone, without <c>Bearer</c>.</returns>
/// <remarks>
/// What it throws becomes a <see cref="MailAuthenticationException"/> with the fault code <c>token-unavailable</c>, and is that exception's cause. After a refusal it is asked once more
/// and the login tried once more, unless the same token comes again.
/// </remarks>
public delegate ValueTask<string> MailTokenSource(MailTokenRequest request, CancellationToken cancellationToken);

/// <summary>What a token is wanted for.</summary>
public sealed record MailTokenRequest
{
    /// <summary>The user name of the login.</summary>
    public required string Username { get; init; }

    /// <summary>The server's name or address, as the settings have it.</summary>
    public required string Host { get; init; }

    /// <summary>The token that the server has just refused, to be renewed or fetched past any cache; null where none was.</summary>
    public Secret? RefusedToken { get; init; }

    /// <summary>Whether the token given before was refused.</summary>
    public bool IsRefused => RefusedToken is not null;
}
