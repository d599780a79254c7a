using System.Buffers;
using Sendwright.Diagnosis;
using Sendwright.Doctor.Dns;
using Sendwright.Evidence;
using Sendwright.Settings;

namespace Sendwright.Doctor.Explain.Readers;

/// <summary>What the resolvers of the platforms and runtimes print: getaddrinfo's words (glibc, musl, macOS, Windows), and the symbols of Node, Java and Go.</summary>
internal sealed class LookupErrorReader : IFactReader
{
    private static readonly SearchValues<char> NeverInHosts = SearchValues.Create("\"';,<>");

    private static readonly FaultPhrase NotFound = new("", FaultKind.NameNotFound, MailStage.Dns);
    private static readonly FaultPhrase Failed = new("", FaultKind.NameLookupFailed, MailStage.Dns);

    private static readonly FaultPhrase[] Phrases =
    [
        NotFound with { Words = "name or service not known" },
        NotFound with { Words = "nodename nor servname provided" },
        NotFound with { Words = "name does not resolve" },
        NotFound with { Words = "no address associated with hostname" },
        NotFound with { Words = "no such host is known" },
        NotFound with { Words = "no such host" },
        NotFound with { Words = "no data of the requested type was found" },
        NotFound with { Words = "ENOTFOUND" },
        NotFound with { Words = "[Errno -2]" },
        NotFound with { Words = "[Errno -5]" },
        NotFound with { Words = "[Errno 11001]" },
        NotFound with { Words = "[Errno 11004]" },
        NotFound with { Words = "UnknownHostException" },
        Failed with { Words = "temporary failure in name resolution" },
        Failed with { Words = "EAI_AGAIN" },
        Failed with { Words = "[Errno -3]" },
        Failed with { Words = "[Errno 11002]" },
        Failed with { Words = "server misbehaving" },
        Failed with { Words = "non-recoverable failure in name resolution" },
        // Without a reason both are open: a failed lookup is what is sure.
        Failed with { Words = "gaierror", Precision = Precision.Wrapper },
        Failed with { Words = "getaddrinfo failed", Precision = Precision.Wrapper },
        Failed with { Words = "could not resolve host", Precision = Precision.Symptom },
    ];

    private static readonly string[] HostIntroductions =
        ["getaddrinfo ENOTFOUND ", "getaddrinfo EAI_AGAIN ", "UnknownHostException: ", "could not resolve host: ", "lookup "];

    public void Read(PastedText text, ReportedFacts facts)
    {
        FaultPhrase.Report(text, facts, null, Phrases);
        foreach (var introduction in HostIntroductions)
        {
            foreach (var at in text.Find(introduction))
            {
                var words = text.Flat.AsSpan(at + introduction.Length);
                var end = words.IndexOf(' ');
                Host(facts, (end < 0 ? words : words[..end]).ToString());
            }
        }

        // Python's encoder for names fails before anything is asked.
        foreach (var words in new[] { "label empty or too long", "label too long", "encoding with 'idna' codec failed" })
        {
            foreach (var at in text.Find(words))
                facts.State(text, text.PlaceOf(at), FaultCodes.ConfigInvalid);
        }
    }

    private static void Host(ReportedFacts facts, string written)
    {
        // A colon, comma or bracket behind it belongs to the sentence, a quote in it to the setting.
        var host = written.TrimEnd(':', ']', ')', '}', '\'', '.');
        if (host.Length == 0 || (!host.Contains('.', StringComparison.Ordinal) && !host.Equals("localhost", StringComparison.OrdinalIgnoreCase)))
            return;
        var isName = DnsName.TryParse(host, out _, out var problem) && host.AsSpan().IndexOfAny(NeverInHosts) < 0;
        if (!isName)
        {
            facts.Add(new SettingProblem
            {
                Code = FaultCodes.ConfigInvalid,
                Key = SettingKey.Host,
                Name = "host",
                Value = PastedText.Bounded(host),
                Why = problem is null ? "It holds characters that no host name has; quotes, commas and semicolons of the file were taken for a part of it." : $"It is no host name: {problem}.",
                Fix = "Give the bare name of the server, without quotes, blanks, scheme or port.",
            });
        }

        facts.Endpoint(host, null);
    }
}
