using System.Buffers;
using System.Text;
using Sendwright.Settings;

namespace Sendwright.Doctor.Explain;

/// <summary>
/// Masks secrets in a pasted text before anything reads it: the base64 of a login, values of settings that are named like secrets, the secret in a URL, arguments of login
/// calls in quoted source lines, and keys that are known by their shape. It would rather mask a word too many than a secret too few.
/// </summary>
internal static class PastedSecrets
{
    private static readonly string[] Names =
        ["password", "passwd", "passwort", "passphrase", "pwd", "pass", "secret", "token", "api_key", "apikey", "api-key", "private_key", "access_key", "credential"];

    // Calls that take a secret, and how many arguments stand in front of it.
    private static readonly (string Call, int Before)[] Calls =
        [("login(", 1), ("plainauth(", 2), ("crammd5auth(", 1), ("networkcredential(", 1), ("authenticate(", 1), ("authenticateasync(", 1), ("passwordauthentication(", 1)];

    // How the keys of mail providers and tokens begin; what follows is as long as a key.
    private static readonly string[] KeyPrefixes = ["SG.", "xkeysib-", "xsmtpsib-", "key-", "re_", "eyJ", "ya29.", "mlsn.", "Bearer ", "Basic "];

    private static readonly SearchValues<char> ValueEnds = SearchValues.Create(" ,;&)}]");
    private static readonly SearchValues<char> UrlEnds = SearchValues.Create(" \"'<>`");

    private const int ShortestKey = 20;

    // Longer than any hash or message id: a token, or a piece of a message, and neither is ours to repeat.
    private const int LongestRun = 100;

    public static string Mask(string text)
    {
        var login = new PastedLogin();
        var result = new StringBuilder(text.Length);
        var isSecretField = false;
        foreach (var line in text.Split('\n'))
        {
            var masked = MaskUrls(login.Mask(line));
            masked = MaskNamedValues(masked);
            masked = MaskCalls(masked);
            masked = MaskKeys(masked);
            // pydantic prints a field's name on one line and what was given for it on the next.
            if (isSecretField && masked.IndexOf("input_value=", StringComparison.Ordinal) is >= 0 and var at)
                masked = MaskUntil(masked, at + "input_value=".Length, ", input_type");
            var trimmed = masked.AsSpan().Trim();
            isSecretField = !trimmed.Contains(' ') && Array.Exists(Names, name => masked.AsSpan().Trim().EndsWith(name, StringComparison.OrdinalIgnoreCase));
            result.Append(masked).Append('\n');
        }

        result.Length--;
        return result.ToString();
    }

    private static string MaskNamedValues(string line)
    {
        if (!line.Contains('=', StringComparison.Ordinal) && !line.Contains(':', StringComparison.Ordinal))
            return line;
        StringBuilder? result = null;
        var copied = 0;
        for (var i = 0; i < line.Length; i++)
        {
            // One pass over the separators, looking back for a name: linear whatever the line holds.
            if (line[i] is not ('=' or ':') || !FollowsSecretName(line, i, out var nameStart))
                continue;
            var start = i + 1;
            if (start < line.Length && line[start] is '>' or '=')
                start++;
            var (from, to) = ValueAt(line, start, wholeLine: StartsLine(line, nameStart));
            if (to <= from || from < copied || IsNoSecret(line.AsSpan(from, to - from)))
                continue;
            result ??= new StringBuilder(line.Length);
            result.Append(line, copied, from - copied).Append(Secret.Mask);
            copied = to;
            i = to - 1;
        }

        return result is null ? line : result.Append(line, copied, line.Length - copied).ToString();
    }

    private static bool FollowsSecretName(string line, int separator, out int nameStart)
    {
        nameStart = 0;
        var end = separator;
        while (end > 0 && separator - end < 4 && line[end - 1] is ' ' or '"' or '\'' or '\\' or ']' or ')')
            end--;
        foreach (var name in Names)
        {
            if (end >= name.Length && line.AsSpan(end - name.Length, name.Length).Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                nameStart = end - name.Length;
                while (nameStart > 0 && separator - nameStart < 80 && (char.IsAsciiLetterOrDigit(line[nameStart - 1]) || line[nameStart - 1] is '_' or '-' or '.' or ':'))
                    nameStart--;
                return true;
            }
        }

        return false;
    }

    // A line of a .env or YAML file: a value without quotes reaches to its end, blanks and all.
    // Upper-case names are those of a .env wherever they stand.
    private static bool StartsLine(string line, int nameStart)
    {
        if (char.IsAsciiLetterUpper(line[nameStart]) && nameStart + 1 < line.Length && char.IsAsciiLetterUpper(line[nameStart + 1]))
            return true;
        var before = line.AsSpan(0, nameStart).Trim();
        return before.IsEmpty || before is "export" or "set" or "-";
    }

    private static (int From, int To) ValueAt(string line, int start, bool wholeLine)
    {
        while (start < line.Length && line[start] == ' ')
            start++;
        if (line.AsSpan(start).StartsWith("SecretStr(", StringComparison.Ordinal))
            start += "SecretStr(".Length;
        if (start + 1 < line.Length && line[start] is 'b' or 'u' or 'r' && line[start + 1] is '"' or '\'')
            start++;
        if (start < line.Length && line[start] == '\\' && start + 1 < line.Length && line[start + 1] == '"')
            start++;
        if (start >= line.Length)
            return (start, start);
        if (line[start] is '"' or '\'' or '`')
        {
            var close = line.IndexOf(line[start], start + 1);
            return (start + 1, close < 0 ? line.Length : close);
        }

        if (wholeLine)
            return (start, line.AsSpan().TrimEnd().Length);
        var end = line.AsSpan(start).IndexOfAny(ValueEnds);
        return (start, end < 0 ? line.Length : start + end);
    }

    private static bool IsNoSecret(ReadOnlySpan<char> value) =>
        value.Trim(" '\"\\") is "" or Secret.Mask or "None" or "null" or "nil" or "undefined" or "True" or "False" or "true" or "false";

    private static string MaskCalls(string line)
    {
        foreach (var (call, before) in Calls)
        {
            var at = line.IndexOf(call, StringComparison.OrdinalIgnoreCase);
            if (at >= 0)
                line = MaskArguments(line, at + call.Length, before);
        }

        return line;
    }

    private static string MaskArguments(string line, int start, int before)
    {
        var result = new StringBuilder(line.Length).Append(line, 0, start);
        var (argument, depth, i) = (0, 1, start);
        for (; i < line.Length && depth > 0; i++)
        {
            var c = line[i];
            depth += c is '(' or '[' or '{' ? 1 : c is ')' or ']' or '}' ? -1 : 0;
            if (c == ',' && depth == 1)
                argument++;
            result.Append(c);
            if (c is not ('"' or '\''))
                continue;
            var close = line.IndexOf(c, i + 1);
            if (close < 0)
                close = line.Length;
            if (argument >= before && close > i + 1)
                result.Append(Secret.Mask);
            else
                result.Append(line, i + 1, close - i - 1);
            if (close < line.Length)
                result.Append(c);
            i = close;
        }

        return i < line.Length ? result.Append(line, i, line.Length - i).ToString() : result.ToString();
    }

    // RFC 3986, 3.2.1: user:secret in front of the last "@" of the authority. People paste secrets with "/" and "@" unencoded, so a mail URL is taken whole.
    private static string MaskUrls(string line)
    {
        StringBuilder? result = null;
        var copied = 0;
        for (var at = line.IndexOf("://", StringComparison.Ordinal); at >= 0; at = line.IndexOf("://", at, StringComparison.Ordinal))
        {
            var start = at + 3;
            var end = line.AsSpan(start).IndexOfAny(UrlEnds);
            end = end < 0 ? line.Length : start + end;
            var isWeb = line.AsSpan(0, at).EndsWith("http", StringComparison.OrdinalIgnoreCase) || line.AsSpan(0, at).EndsWith("https", StringComparison.OrdinalIgnoreCase);
            var slash = isWeb ? line.AsSpan(start, end - start).IndexOfAny("/?#") : -1;
            var authority = line.AsSpan(start, slash < 0 ? end - start : slash);
            var sign = authority.LastIndexOf('@');
            at = end;
            if (sign <= 0 || start < copied)
                continue;
            // A lone name in front of "@" is a key in sendgrid://KEY@ and the like, and a plain user name in smtp://.
            var colon = authority[..sign].IndexOf(':');
            var isMail = line.AsSpan(0, start - 3).EndsWith("smtp", StringComparison.OrdinalIgnoreCase) || line.AsSpan(0, start - 3).EndsWith("smtps", StringComparison.OrdinalIgnoreCase);
            if (colon < 0 && (isWeb || isMail))
                continue;
            var from = start + colon + 1;
            if (from == start + sign)
                continue;
            result ??= new StringBuilder(line.Length);
            result.Append(line, copied, from - copied).Append(Secret.Mask);
            copied = start + sign;
        }

        return result is null ? line : result.Append(line, copied, line.Length - copied).ToString();
    }

    private static string MaskKeys(string line)
    {
        if (line.Length < ShortestKey)
            return line;
        StringBuilder? result = null;
        var (copied, runStart) = (0, 0);
        for (var i = 0; i <= line.Length; i++)
        {
            if (i < line.Length && IsKeyCharacter(line[i]))
                continue;
            var run = line.AsSpan(runStart, i - runStart);
            if (run.Length >= ShortestKey && (IsEncodedRun(run) || Array.Exists(KeyPrefixes, prefix => BeginsKey(line, runStart, prefix))))
            {
                result ??= new StringBuilder(line.Length);
                result.Append(line, copied, runStart - copied).Append(Secret.Mask);
                copied = i;
            }

            runStart = i + 1;
        }

        return result is null ? line : result.Append(line, copied, line.Length - copied).ToString();
    }

    private static bool BeginsKey(string line, int start, string prefix) => prefix[^1] == ' '
        ? line.AsSpan(0, start).EndsWith(prefix, StringComparison.OrdinalIgnoreCase)
        : line.AsSpan(start).StartsWith(prefix, StringComparison.Ordinal);

    private static bool IsKeyCharacter(char c) => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-' or '+' or '/' or '=' or '~';

    // A path or a URL is long too, but has its dots and slashes everywhere; an encoded run has capitals, small letters and digits and hardly a dot.
    private static bool IsEncodedRun(ReadOnlySpan<char> run) =>
        run.Length >= LongestRun && run.Count('.') <= 2 && run.Count('/') <= run.Length / 20 && run.ContainsAnyInRange('a', 'z') && run.ContainsAnyInRange('A', 'Z') && run.ContainsAnyInRange('0', '9');

    private static string MaskUntil(string line, int from, string end)
    {
        var to = line.IndexOf(end, from, StringComparison.Ordinal);
        return string.Concat(line.AsSpan(0, from), Secret.Mask, to < 0 ? "]" : line.AsSpan(to));
    }
}
