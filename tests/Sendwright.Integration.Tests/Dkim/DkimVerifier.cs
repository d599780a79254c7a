using System.Text.Json;
using System.Text.RegularExpressions;
using Sendwright.Integration.Tests.Programs;

namespace Sendwright.Integration.Tests.Dkim;

/// <summary>A verifier that somebody else wrote. It gets a folder of messages and the DNS records of their keys, and judges every signature.</summary>
internal abstract partial class DkimVerifier
{
    private static readonly TimeSpan TimeLimit = TimeSpan.FromMinutes(2);

    public static IReadOnlyList<DkimVerifier> All { get; } = [new Dkimpy(), new OpenDkim(), new Mailauth()];

    public abstract string Name { get; }

    /// <summary>The verdicts by file name, in the order of the signatures.</summary>
    public abstract Task<IReadOnlyDictionary<string, IReadOnlyList<SignatureVerdict>>> VerifyAsync(string folder, string records, CancellationToken cancellationToken);

    private static async Task<IReadOnlyDictionary<string, IReadOnlyList<SignatureVerdict>>> RunScriptAsync(string program, string script, string folder, string records, CancellationToken cancellationToken)
    {
        var result = await new ProgramCall(program, RepositoryFile.PathOf($"tests/Sendwright.Integration.Tests/Dkim/{script}"), folder, records) { TimeLimit = TimeLimit }.RunAsync(cancellationToken);
        return JsonSerializer.Deserialize<Dictionary<string, IReadOnlyList<SignatureVerdict>>>(result.Successful.Output, JsonSerializerOptions.Web)!;
    }

    /// <summary>Python's, in which many a filter and mailing list is written.</summary>
    private sealed class Dkimpy : DkimVerifier
    {
        public override string Name => "dkimpy";

        public override Task<IReadOnlyDictionary<string, IReadOnlyList<SignatureVerdict>>> VerifyAsync(string folder, string records, CancellationToken cancellationToken) =>
            RunScriptAsync(DebianProgram.PythonWithDkim, "python/verify.py", folder, records, cancellationToken);
    }

    /// <summary>Node.js's, in its strict mode: RFC 6376 and 8301 to the letter.</summary>
    private sealed class Mailauth : DkimVerifier
    {
        public override string Name => "mailauth";

        public override Task<IReadOnlyDictionary<string, IReadOnlyList<SignatureVerdict>>> VerifyAsync(string folder, string records, CancellationToken cancellationToken)
        {
            if (!Directory.Exists(RepositoryFile.PathOf("tests/Sendwright.Integration.Tests/Dkim/node/node_modules/mailauth")))
                throw new InvalidOperationException("mailauth is not installed. Run tests/Sendwright.Integration.Tests/Dkim/install.sh, then this test again.");
            return RunScriptAsync("node", "node/verify.mjs", folder, records, cancellationToken);
        }
    }

    /// <summary>The one beside Postfix and Sendmail. It judges a file a call and writes the header field that its users would see.</summary>
    private sealed partial class OpenDkim : DkimVerifier
    {
        public override string Name => "opendkim";

        public override async Task<IReadOnlyDictionary<string, IReadOnlyList<SignatureVerdict>>> VerifyAsync(string folder, string records, CancellationToken cancellationToken)
        {
            var program = DebianProgram.OpenDkim;
            using var own = new TestFolder();
            var configuration = own.Write("opendkim.conf", $"Mode v\nSyslog no\nTestPublicKeys {records}\n");
            var verdicts = new Dictionary<string, IReadOnlyList<SignatureVerdict>>();
            foreach (var file in Directory.EnumerateFiles(folder, "*.eml"))
            {
                var result = await new ProgramCall(program, "-x", configuration, "-vv", "-t", file) { TimeLimit = TimeLimit }.RunAsync(cancellationToken);
                verdicts.Add(Path.GetFileName(file), [.. Result().Matches(result.Successful.Output).Select(Read)]);
            }

            return verdicts;
        }

        private static SignatureVerdict Read(Match match) =>
            new($"{match.Groups["s"].Value}._domainkey.{match.Groups["d"].Value}", match.Groups["result"].Value == "pass", match.Value);

        [GeneratedRegex(@"dkim=(?<result>\w+)\s[^;]*?header\.d=(?<d>[^\s;]+)[^;]*?header\.s=(?<s>[^\s;]+)")]
        private static partial Regex Result();
    }
}
