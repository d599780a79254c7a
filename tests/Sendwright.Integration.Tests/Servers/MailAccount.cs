namespace Sendwright.Integration.Tests.Servers;

/// <summary>A mailbox of a test's server, and the login that goes with it.</summary>
internal sealed record MailAccount(string Address, string Password)
{
    /// <summary>The domain that the test's servers take mail for.</summary>
    public const string Domain = "example.test";

    /// <summary>Recognisable, so that a search through all output finds it in whatever form.</summary>
    public static MailAccount Ann { get; } = new($"ann@{Domain}", "tr0ub4dor-S3CRET-9");

    public string LocalPart => Address[..Address.IndexOf('@', StringComparison.Ordinal)];
}
