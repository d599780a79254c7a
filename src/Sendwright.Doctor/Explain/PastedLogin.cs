using System.Text;
using Sendwright.Settings;

namespace Sendwright.Doctor.Explain;

/// <summary>
/// Masks the secrets of a login in a transcript, line after line: the initial response of AUTH (RFC 4954, 4) and what the client answers to a 334. The challenge itself is the
/// server's and stays.
/// </summary>
internal sealed class PastedLogin
{
    // A logger may put a line or two of its own between a challenge and its answer.
    private const int Patience = 4;

    private static readonly string[] Mechanisms =
        ["PLAIN", "LOGIN", "CRAM-MD5", "DIGEST-MD5", "NTLM", "GSSAPI", "XOAUTH", "XOAUTH2", "OAUTHBEARER", "EXTERNAL", "ANONYMOUS", "PLAIN-CLIENTTOKEN", "XYMCOOKIE",
         "SCRAM-SHA-1", "SCRAM-SHA-256", "SCRAM-SHA-1-PLUS", "SCRAM-SHA-256-PLUS", "MSN"];

    private bool _challengeIsNext;
    private int _answerDue;

    public string Mask(string line)
    {
        if (_answerDue == 0 && !line.Contains("AUTH", StringComparison.OrdinalIgnoreCase) && !line.Contains("334", StringComparison.Ordinal))
            return line;
        var result = new StringBuilder(line.Length);
        var wordsSinceAuth = int.MaxValue;
        var answered = false;
        foreach (var range in line.AsSpan().Split(' '))
        {
            var word = line.AsSpan(range);
            var core = CoreOf(word);
            if (result.Length > 0 || range.Start.Value > 0)
                result.Append(' ');
            wordsSinceAuth = core.Equals("AUTH", StringComparison.OrdinalIgnoreCase) ? 0 : wordsSinceAuth == int.MaxValue ? int.MaxValue : wordsSinceAuth + 1;
            var isLabel = word.EndsWith(":");
            if (IsReplyCode(core))
            {
                _challengeIsNext = core[..3] is "334";
                _answerDue = _challengeIsNext ? Patience : 0;
                result.Append(word);
            }
            else if (_challengeIsNext && !isLabel && LooksEncoded(core))
            {
                _challengeIsNext = false;
                result.Append(word);
            }
            else if (!isLabel && LooksEncoded(core) && ((_answerDue > 0 && !_challengeIsNext) || (wordsSinceAuth == 2 && !IsMechanism(core))))
            {
                answered = true;
                var at = word.IndexOf(core);
                result.Append(word[..at]).Append(Secret.Mask).Append(word[(at + core.Length)..]);
            }
            else
            {
                result.Append(word);
            }
        }

        if (_challengeIsNext)
            _challengeIsNext = false;
        else if (answered)
            _answerDue = 0;
        else if (_answerDue > 0)
            _answerDue--;
        return result.ToString();
    }

    // What is left of 'dXNlcg==\r\n' or b"..." without its quotes and written line end.
    private static ReadOnlySpan<char> CoreOf(ReadOnlySpan<char> word)
    {
        if (word.StartsWith("b'") || word.StartsWith("b\"") || word.StartsWith("u'"))
            word = word[2..];
        word = word.TrimStart("'\"([{<>");
        var escape = word.IndexOf('\\');
        if (escape >= 0)
            word = word[..escape];
        return word.TrimEnd("'\")]}>,;.");
    }

    private static bool IsReplyCode(ReadOnlySpan<char> core) =>
        core.Length >= 3 && core[0] is >= '2' and <= '5' && char.IsAsciiDigit(core[1]) && char.IsAsciiDigit(core[2]) && (core.Length == 3 || core[3] == '-');

    private static bool IsMechanism(ReadOnlySpan<char> core)
    {
        foreach (var mechanism in Mechanisms)
        {
            if (core.Equals(mechanism, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    // Base64 has a length of four times something; cut short it still shows a digit, a sign, or a capital behind a small letter, as no word of prose does.
    private static bool LooksEncoded(ReadOnlySpan<char> core)
    {
        if (core.Length < 4)
            return false;
        var (isOdd, sawSmall) = (core.Length % 4 == 0, false);
        foreach (var c in core)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('+' or '/' or '=' or '-' or '_'))
                return false;
            isOdd |= char.IsAsciiDigit(c) || c is '+' or '/' or '=' || (char.IsAsciiLetterUpper(c) && sawSmall);
            sawSmall |= char.IsAsciiLetterLower(c);
        }

        return isOdd;
    }
}
