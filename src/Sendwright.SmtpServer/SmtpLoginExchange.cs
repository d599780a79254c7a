using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Sendwright.Settings;
using Sendwright.Smtp.Wire;

namespace Sendwright.SmtpServer;

/// <summary>The dialogue that AUTH opens (RFC 4954, 4): asks, decodes, and ends with a name and a password or with a rejection.</summary>
internal sealed class SmtpLoginExchange(SmtpServerChannel channel, SmtpServerLimits limits)
{
    // Throws on what is not UTF-8: two different wrong octet strings must not become the same password.
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Why there are no credentials.</summary>
    public SmtpRejection Rejection { get; private set; }

    /// <summary>Whom the client claims to be.</summary>
    public string UserName { get; private set; } = "";

    /// <summary>What it says to prove that.</summary>
    public Secret Password { get; private set; } = new("");

    /// <summary>Runs the dialogue; false leaves the reason in <see cref="Rejection"/>.</summary>
    public async ValueTask<bool> RunAsync(AuthCommand command)
    {
        try
        {
            return command.Mechanism switch
            {
                "PLAIN" => await PlainAsync(command).ConfigureAwait(false),
                "LOGIN" => await LoginAsync(command).ConfigureAwait(false),
                _ => Fail(SmtpRejection.MechanismUnknown),
            };
        }
        finally
        {
            channel.ForgetLine();
        }
    }

    // RFC 4616: message = [authzid] UTF8NUL authcid UTF8NUL passwd
    private async ValueTask<bool> PlainAsync(AuthCommand command)
    {
        if (await ResponseAsync(command.InitialResponse, challenge: "").ConfigureAwait(false) is not { } response)
            return false;
        var parts = response.Reveal().Split('\0');
        if (parts is not [var onBehalfOf, { Length: > 0 } name, { Length: > 0 } password])
            return Fail(SmtpRejection.LoginMalformed);
        if (onBehalfOf.Length > 0 && onBehalfOf != name)
            return Fail(SmtpRejection.LoginRefused); // nobody may act for somebody else here
        UserName = name;
        Password = new Secret(password);
        return true;
    }

    // No RFC; draft-murchison-sasl-login: "User Name" and "Password" in turn. Clients look for these two challenges.
    private async ValueTask<bool> LoginAsync(AuthCommand command)
    {
        if (await ResponseAsync(command.InitialResponse, "VXNlcm5hbWU6").ConfigureAwait(false) is not { IsEmpty: false } name)
            return Fail(SmtpRejection.LoginMalformed);
        if (await ResponseAsync(initial: null, "UGFzc3dvcmQ6").ConfigureAwait(false) is not { IsEmpty: false } password)
            return Fail(SmtpRejection.LoginMalformed);
        UserName = name.Reveal();
        Password = password;
        return true;
    }

    /// <summary>The decoded response, given with AUTH or asked for; null where there is none that can be read.</summary>
    private async ValueTask<Secret?> ResponseAsync(Secret? initial, string challenge)
    {
        if (initial is not null)
            return initial.Reveal() == "=" ? new Secret("") : Decode(Encoding.UTF8.GetBytes(initial.Reveal())); // "=": an empty one (RFC 4954, 4)

        channel.Write(new SmtpReply(334, challenge));
        var line = await channel.ReadLineAsync(limits.MaxLoginLineOctets).ConfigureAwait(false);
        switch (line.Kind)
        {
            case SmtpLineKind.TooLong:
                Fail(SmtpRejection.LoginLineTooLong);
                return null;
            case SmtpLineKind.BareLineFeed:
                throw new SessionEndedException("a bare LF in a login", SmtpRejection.BareLineFeed);
            case var _ when line.Octets.Span is [(byte)'*']:
                Fail(SmtpRejection.LoginCancelled); // "If the client wishes to cancel the authentication exchange, it issues a line with a single '*'."
                return null;
            default:
                return Decode(line.Octets.Span);
        }
    }

    private Secret? Decode(ReadOnlySpan<byte> base64)
    {
        var octets = new byte[Base64.GetMaxDecodedFromUtf8Length(base64.Length)];
        try
        {
            if (Base64.DecodeFromUtf8(base64, octets, out _, out var length) == OperationStatus.Done)
                return new Secret(StrictUtf8.GetString(octets.AsSpan(0, length)));
        }
        catch (DecoderFallbackException)
        {
            // Not UTF-8; said below.
        }
        finally
        {
            CryptographicOperations.ZeroMemory(octets);
        }

        Fail(SmtpRejection.LoginMalformed);
        return null;
    }

    private bool Fail(SmtpRejection rejection)
    {
        if (Rejection == SmtpRejection.None) // the first reason is the cause
            Rejection = rejection;
        return false;
    }
}
