namespace Sendwright.Integration.Tests.Programs;

/// <summary>
/// The programs of the machine that tests rest on. What is missing fails the test with the way to get it: a test that skips itself proves nothing and looks fine.
/// </summary>
internal static class DebianProgram
{
    public static string PostfixMaster => Installed("/usr/lib/postfix/sbin/master", "postfix");

    public static string Dovecot => Installed("/usr/sbin/dovecot", "dovecot-core");

    public static string Exim => Unpacked("exim4-daemon-light", "usr/sbin/exim4");

    public static string OpenDkim => Unpacked("opendkim", "usr/sbin/opendkim");

    public static string Nginx => Unpacked("nginx", "usr/sbin/nginx");

    public static string Tinyproxy => Unpacked("tinyproxy-bin", "usr/bin/tinyproxy");

    public static string Dnsmasq => Installed("/usr/sbin/dnsmasq", "dnsmasq-base");

    public static string Ip => Installed("/usr/sbin/ip", "iproute2");

    public static string Nft => Installed("/usr/sbin/nft", "nftables");

    /// <summary>Debian's own Python: another one, earlier on PATH, may lack its packages.</summary>
    public static string Python => Installed("/usr/bin/python3", "python3");

    /// <summary>Debian's Python where it has the package dkim.</summary>
    public static string PythonWithDkim
    {
        get
        {
            _ = Installed("/usr/lib/python3/dist-packages/dkim/__init__.py", "python3-dkim");
            return Python;
        }
    }

    /// <summary>Real servers change their user and namespaces hide from each other: both are root's to do.</summary>
    public static void RequireRoot()
    {
        if (!Environment.IsPrivilegedProcess)
            throw new InvalidOperationException("This test starts a real server and has to run as root. Run ./dev integration as root, or ./dev fast without.");
    }

    private static string Installed(string path, string package) => Existing(path, package);

    // These cannot be installed beside Postfix, or would start a service of their own: ./dev install unpacks them.
    private static string Unpacked(string package, string path) => Existing(Path.Combine(Artifacts.Root, "debian", package, path), package);

    private static string Existing(string path, string package) =>
        File.Exists(path) ? path : throw new InvalidOperationException($"{path} is missing; it comes with the Debian package '{package}'. Run ./dev install as root.");
}
