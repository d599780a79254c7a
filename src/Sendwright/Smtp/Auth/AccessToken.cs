using System.Globalization;
using Sendwright.Evidence;
using Sendwright.Settings;

namespace Sendwright.Smtp.Auth;

/// <summary>Asks the application for a token, and lets nothing in that is none.</summary>
internal static class AccessToken
{
    /// <summary>Tokens with many claims have some thousand octets; more than a server has to read (RFC 4954, 4: 12,288 in base64) no login can carry.</summary>
    private const int LongestOctets = 12288 / 4 * 3;

    /// <summary>The token.</summary>
    /// <exception cref="SmtpSessionException">There is none that could be used, or the time is up.</exception>
    public static async Task<Secret> AskAsync(MailTokenSource source, MailTokenRequest request, SessionTime time, AttemptRecorder recorder)
    {
        string? text;
        try
        {
            text = await time.LimitAsync(time.Timeouts.Command, MailStage.Auth, "access token", limit => AskAsync(source, request, limit)).ConfigureAwait(false);
        }
        catch (SmtpSessionException e) when (e.Fault.Kind == FaultKind.ReplyTimedOut)
        {
            throw Unavailable(request, $"did not answer: {e.Fault.Message}", e.InnerException);
        }
        catch (Exception e) when (e is not SmtpSessionException)
        {
            throw Unavailable(request, $"failed: {recorder.Quote(e.Message).TrimEnd('.')}.", e);
        }

        if (Objection(text) is { } objection)
            throw Unavailable(request, objection, null);
        var token = new Secret(text!);
        recorder.Learn(token);
        return token;
    }

    private static async ValueTask<string?> AskAsync(MailTokenSource source, MailTokenRequest request, CancellationToken limit)
    {
        try
        {
            // The limit holds whatever the application's code does with it.
            return await source(request, limit).AsTask().WaitAsync(limit).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (!limit.IsCancellationRequested)
        {
            // Such as the time-out of a web request. Let through, it would be taken for our own limit.
            throw new TimeoutException("It cancelled its own work, as a web request does whose time is up.", e);
        }
    }

    // RFC 6750, 2.1: 1*( ALPHA / DIGIT / "-" / "." / "_" / "~" / "+" / "/" ) *"=". Some issuers use further signs; what would end the field, or the line, none does.
    private static string? Objection(string? token) => token switch
    {
        null or "" => "gave no token.",
        _ when token.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) => "gave a token with \"Bearer\" before it. Return the access token alone.",
        _ when token.AsSpan().ContainsAnyExceptInRange('!', '~') => "gave a token with a blank, a control character or a letter beyond ASCII in it, which no token has (RFC 6750, 2.1).",
        { Length: > LongestOctets } => string.Create(CultureInfo.InvariantCulture, $"gave a token of {token.Length} octets; no login can carry more than {LongestOctets}."),
        _ => null,
    };

    private static SmtpSessionException Unavailable(MailTokenRequest request, string why, Exception? cause)
    {
        var when = request.IsRefused ? "The server refused the token, and asked for another the application's token source" : "The application's token source";
        return new SmtpSessionException(new AttemptFault { Stage = MailStage.Auth, Kind = FaultKind.TokenUnavailable, Message = $"{when} {why}", ExceptionType = cause?.GetType().FullName }, cause);
    }
}
