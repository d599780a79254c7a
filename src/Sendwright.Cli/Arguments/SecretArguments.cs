namespace Sendwright.Cli.Arguments;

/// <summary>
/// Refuses secrets among the arguments before anything else reads them: every user of the machine can see a process's arguments, and shells write them down. The value
/// is not repeated.
/// </summary>
internal static class SecretArguments
{
    private static readonly string[] Forbidden = ["--password", "--pass", "--secret", "--url", "--mail:password", "--mail:url", "--mail__password", "--mail__url"];

    private const string Alternatives =
        "Put it into an environment variable and name that (--password-env VAR, --url-env VAR), pipe it in (--password-stdin), or leave it in its settings file (--env FILE).";

    /// <exception cref="UsageException">A secret stands among the arguments.</exception>
    public static void Refuse(IEnumerable<string> arguments)
    {
        foreach (var argument in arguments)
        {
            var name = argument.Split('=', 2)[0];
            if (Forbidden.Contains(name, StringComparer.OrdinalIgnoreCase) || (name.StartsWith("--mail:routes:", StringComparison.OrdinalIgnoreCase) && IsSecretKey(name)))
                throw new UsageException($"{name} is not taken from the command line: other users of this machine can read it there. {Alternatives}");
            if (HoldsLogin(argument))
                throw new UsageException($"An argument holds a URL with a login in it, which other users of this machine can read. {Alternatives}");
        }
    }

    private static bool IsSecretKey(string name) => name.EndsWith(":password", StringComparison.OrdinalIgnoreCase) || name.EndsWith(":url", StringComparison.OrdinalIgnoreCase);

    // scheme://user:secret@host
    private static bool HoldsLogin(string argument)
    {
        var start = argument.IndexOf("://", StringComparison.Ordinal);
        if (start < 0)
            return false;
        var authority = argument.AsSpan(start + 3);
        var at = authority.LastIndexOf('@');
        return at > 0 && authority[..at].Contains(':');
    }
}
