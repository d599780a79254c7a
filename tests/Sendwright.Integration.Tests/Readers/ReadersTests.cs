using System.Text;

namespace Sendwright.Integration.Tests.Readers;

/// <summary>
/// What we compose is what the readers of the world see, field by field. The few differences that are a reader's own, and what is compared instead, are told in
/// docs/reference/readers.md.
/// </summary>
public sealed class ReadersTests(ReadersFixture readers) : IClassFixture<ReadersFixture>
{
    private const int MaxShown = 3000;

    public static TheoryData<string> Names => [.. AskedMessage.All.Keys];

    public static TheoryData<string> Readers => [.. MessageReader.All.Select(reader => reader.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Python_s_email_package_reads_what_was_meant(string name) => AssertRead(MessageReader.Python, name);

    [Theory]
    [MemberData(nameof(Names))]
    public void Mailparser_reads_what_was_meant(string name) => AssertRead(MessageReader.Mailparser, name);

    [Theory]
    [MemberData(nameof(Names))]
    public void Postal_mime_reads_what_was_meant(string name) => AssertRead(MessageReader.PostalMime, name);

    [Theory]
    [MemberData(nameof(Names))]
    public void Perl_s_Email_MIME_reads_what_was_meant(string name) => AssertRead(MessageReader.EmailMime, name);

    [Theory]
    [MemberData(nameof(Names))]
    public void Ruby_s_Mail_reads_what_was_meant(string name) => AssertRead(MessageReader.RubyMail, name);

    /// <summary>An allowance that no message needs hides the next fault of ours.</summary>
    [Theory]
    [MemberData(nameof(Readers))]
    public void Every_allowance_is_needed(string readerName)
    {
        var reader = MessageReader.All.Single(one => one.Name == readerName);
        // Those written by hand, so that it does not hang on the seed.
        var used = AskedMessage.HandWritten.Select(written => readers.Samples[written.Name]).SelectMany(sample => Differences(reader, sample).SelectMany(difference => Explaining(reader, sample, difference))).ToHashSet();

        Assert.Empty(reader.Allowances.Except(used).Select(allowance => allowance.Fault));
    }

    private void AssertRead(MessageReader reader, string name)
    {
        var sample = readers.Samples[name];
        var differences = Differences(reader, sample).Where(difference => !Explaining(reader, sample, difference).Any()).ToList();

        if (differences.Count > 0)
            Assert.Fail($"{reader.Name} reads {name} otherwise than it was meant.\n{GeneratedMessages.HowToRepeat}\n{string.Join("\n", differences)}\nThe message:\n{Start(sample.Octets)}");
    }

    private IEnumerable<Difference> Differences(MessageReader reader, Sample sample) => Difference.Between(sample.Meant, readers.Read[reader][sample.File]);

    private static IEnumerable<Allowance> Explaining(MessageReader reader, Sample sample, Difference difference) =>
        reader.Allowances.Where(allowance => allowance.Explains(difference, sample));

    private static string Start(byte[] octets) => Encoding.UTF8.GetString(octets, 0, Math.Min(octets.Length, MaxShown));
}
