using System.Text.Json;
using Sendwright.Integration.Tests.Programs;

namespace Sendwright.Integration.Tests.Readers;

/// <summary>A program that reads a folder of messages and prints what it saw. It runs once for all of them.</summary>
internal sealed record MessageReader(string Name, string Program, string Script, string Needs, IReadOnlyList<Allowance> Allowances)
{
    private static readonly string Folder = Path.Combine(Repository, "tests", "Sendwright.Integration.Tests", "Readers");

    /// <summary>Where the sources are.</summary>
    public static string Repository => RepositoryRoot();

    public static MessageReader Python { get; } =
        new("Python's email", "/usr/bin/python3", InFolder("python/read.py"), "/usr/bin/python3", PythonAllowances.All);

    public static MessageReader Mailparser { get; } =
        new("mailparser", "node", InFolder("node/mailparser.mjs"), InFolder("node/node_modules/mailparser"), MailparserAllowances.All);

    public static MessageReader PostalMime { get; } =
        new("postal-mime", "node", InFolder("node/postal-mime.mjs"), InFolder("node/node_modules/postal-mime"), PostalMimeAllowances.All);

    public static MessageReader EmailMime { get; } =
        new("Perl's Email::MIME", "/usr/bin/perl", InFolder("perl/read.pl"), "/usr/share/perl5/Email/MIME.pm", EmailMimeAllowances.All);

    public static MessageReader RubyMail { get; } =
        new("Ruby's Mail", "/usr/bin/ruby", InFolder("ruby/read.rb"), "/usr/lib/ruby/vendor_ruby/mail.rb", RubyMailAllowances.All);

    public static IReadOnlyList<MessageReader> All { get; } = [Python, Mailparser, PostalMime, EmailMime, RubyMail];

    public async Task<IReadOnlyDictionary<string, ReadMessage>> ReadAsync(string folder, CancellationToken cancellationToken)
    {
        if (!Path.Exists(Needs))
            throw new InvalidOperationException($"{Name} is not installed ({Needs} is missing). Run ./dev install as root, then this test again.");
        var call = new ProgramCall(Program, Script, folder) { TimeLimit = TimeSpan.FromMinutes(3) };
        var result = (await call.RunAsync(cancellationToken)).Successful;
        return JsonSerializer.Deserialize<Dictionary<string, ReadMessage>>(result.Output, JsonSerializerOptions.Web)
            ?? throw new InvalidOperationException($"{Name} printed nothing.");
    }

    private static string InFolder(string path) => Path.Combine(Folder, path);

    private static string RepositoryRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Sendwright.slnx")))
                return folder.FullName;
        }

        throw new InvalidOperationException("These tests run inside the repository: no Sendwright.slnx was found above the test program.");
    }
}
