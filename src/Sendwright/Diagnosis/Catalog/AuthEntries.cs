using Sendwright.Evidence;
using Sendwright.Settings;
using static Sendwright.Diagnosis.Catalog.FindingContext;

namespace Sendwright.Diagnosis.Catalog;

internal static class AuthEntries
{
    private const string AuthRfc = "https://www.rfc-editor.org/rfc/rfc4954";

    public static IReadOnlyList<CatalogEntry> All { get; } =
    [
        new(FaultCodes.AuthBadCredentials, RetryAdvice.WhenFixed,
            c => c.IsTokenLogin ? $"{c.Host} refuses the token." : $"{c.Host} refuses the login: user name or password is wrong.",
            c => c.IsTokenLogin
                ? $"The server read the token for {c.Username} and said no: it has expired or was withdrawn, was issued for another service or without the scope for SMTP, or belongs to another mailbox.{c.Words}"
                : $"The server understood the login of {c.Username} and said no. It was tried once; trying again would count against the account.{c.Words}",
            c => c.IsTokenLogin ?
            [
                Do("Check the token's audience and scope (Microsoft 365: https://outlook.office.com/SMTP.Send; Google: https://mail.google.com/), and that it was issued for this mailbox."),
                c.About(SettingKey.Username, $"Check that {c.Name(SettingKey.Username)} is the mailbox's own address, and that SMTP AUTH is allowed for it."),
            ]
            :
            [
                c.About(SettingKey.Password, $"Check {c.Name(SettingKey.Username)} and {c.Name(SettingKey.Password)}: log in by hand with the very same values."),
                Do("If the account has two-step login, create an app password; many providers take only those."),
            ])
        { References = [AuthRfc + "#section-6"] },
        new(FaultCodes.AuthAppPasswordRequired, RetryAdvice.WhenFixed,
            c => $"{c.Provider?.Name ?? c.Host} wants an app password, not the account's own.",
            c => $"The account's own password does not work for programs here; an app password, made for this program, does.{c.Words}",
            c => [
                c.About(SettingKey.Password, $"Create an app password in the account's security settings (two-step login must be on) and set {c.Name(SettingKey.Password)} to it."),
                .. c.Provider?.HelpPage is { } page ? [Do($"The provider's own guide: {page}")] : Array.Empty<Fix>(),
            ]),
        new(FaultCodes.AuthBasicDisabled, RetryAdvice.WhenFixed,
            c => $"Password login is switched off at {c.Provider?.Name ?? c.Host}.",
            c => $"No password will work: the provider or the tenant's administrator allows only OAuth 2 for this account.{c.Words}",
            _ => [
                Do("Let the tenant's administrator allow SMTP AUTH for this mailbox (Microsoft 365: Set-CASMailbox -SmtpClientAuthenticationDisabled $false), where that is still possible."),
                Do("Or log in with OAuth 2, or send through a service that takes an API key."),
            ]),
        new(FaultCodes.AuthMechanismUnsupported, RetryAdvice.WhenFixed,
            c => $"{c.Host} and this client have no login mechanism in common.",
            c => $"The server refuses the mechanism, or offers only others.{c.Words}",
            _ => [Do("Ask the provider which mechanisms it takes on this port; most take PLAIN or LOGIN inside TLS.")])
        { References = [AuthRfc] },
        new(FaultCodes.AuthNotOffered, RetryAdvice.WhenFixed,
            c => $"{c.Server} offers no login, and the settings have one.",
            _ => "Its EHLO reply was read and has no AUTH: this port is for mail between servers, the login comes only after TLS, or the server needs none.",
            c => [
                .. c.UseProvidersPort(),
                .. c.Port == 25 ? c.Use(587, ConnectionSecurity.StartTls, "where logins are taken") : [],
                c.About(SettingKey.Username, $"If the server needs no login, remove {c.Name(SettingKey.Username)} and {c.Name(SettingKey.Password)}."),
            ])
        { References = [AuthRfc] },
        new(FaultCodes.AuthRequired, RetryAdvice.WhenFixed,
            c => $"{c.Host} wants a login before it takes mail.",
            c => $"No login was made: there is no user name in the settings, or the login is switched off.{c.Words}",
            c => [c.About(SettingKey.Username, $"Set {c.Name(SettingKey.Username)} and {c.Name(SettingKey.Password)}, and see that the login is not switched off.")])
        { References = [AuthRfc + "#section-6"] },
        new(FaultCodes.AuthAccountLocked, RetryAdvice.WhenFixed,
            c => $"The account {c.Username} is locked for programs.",
            c => $"The provider wants its owner to act first: too many failed logins, an unusual place, or a suspension.{c.Words}",
            _ => [Do("Log in once with a browser, follow what is asked there, and then try again.")]),
        new(FaultCodes.AuthTemporaryFailure, RetryAdvice.Later(TimeSpan.FromMinutes(5)),
            c => $"{c.Host} could not check the login now.",
            c => $"It is the server's trouble, not the password's.{c.Words}",
            _ => [Do("Try again in a few minutes.")]),
        new(FaultCodes.AccountNotPermitted, RetryAdvice.WhenFixed,
            c => $"The account {c.Username} may not do this.",
            c => $"The login is right, but the account lacks a permission.{c.Words}",
            _ => [Do("Give the account or key the permission to send in the provider's console.")]),
        new(FaultCodes.AuthServerNotProven, RetryAdvice.WhenFixed,
            c => $"{c.Host} could not prove that it knows the password.",
            c => c.Fault is { Kind: FaultKind.ServerNotProven } fault
                ? $"{fault.Message} Whoever answers there may be an impostor, or stand in between; the connection was closed, and the password is not known to them."
                : "SCRAM lets a server prove that it knows the password, and this one did not.",
            c => [
                c.About(SettingKey.Host, $"Check that {c.Name(SettingKey.Host)} is the right server and that nothing on the way answers in its place."),
                Do("If the server is your own, look how it keeps this account's SCRAM keys: made for another password or user name, they fail like this."),
            ])
        { References = ["https://www.rfc-editor.org/rfc/rfc5802#section-5"] },
        new(FaultCodes.TokenUnavailable, RetryAdvice.Later(TimeSpan.FromMinutes(5)),
            _ => "No OAuth 2 token could be had.",
            c => c.Fault is { Kind: FaultKind.TokenUnavailable } fault ? $"{fault.Message} Without a token there is no login." : "Without a token there is no login.",
            _ => [Do("Check the client id, its secret and the consent in the provider's console.")]),
    ];
}
