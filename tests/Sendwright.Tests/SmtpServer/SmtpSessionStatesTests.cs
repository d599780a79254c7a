using Sendwright.SmtpServer;

namespace Sendwright.Tests.SmtpServer;

public sealed class SmtpSessionStatesTests
{
    // Every verb in every state, said to a real session. The rows are RFC 5321, 4.1.4, RFC 3030, 2, RFC 3207, 4 and RFC 4954, 4.
    private const string Table = """
        verb      | greeted    | ready      | mail       | recipient  | chunking
        EHLO      | 250        | 250        | 250        | 250        | 250
        HELO      | 250        | 250        | 250        | 250        | 250
        STARTTLS  | 503 5.5.1  | 502 5.5.1  | 503 5.5.1  | 503 5.5.1  | 503 5.5.1
        AUTH      | 503 5.5.1  | 235 2.7.0  | 503 5.5.1  | 503 5.5.1  | 503 5.5.1
        MAIL      | 503 5.5.1  | 250 2.1.0  | 503 5.5.1  | 503 5.5.1  | 503 5.5.1
        RCPT      | 503 5.5.1  | 503 5.5.1  | 250 2.1.5  | 250 2.1.5  | 503 5.5.1
        DATA      | 503 5.5.1  | 503 5.5.1  | 554 5.5.1  | 354        | 503 5.5.1
        BDAT      | 503 5.5.1  | 503 5.5.1  | 554 5.5.1  | 250 2.0.0  | 250 2.0.0
        RSET      | 250 2.0.0  | 250 2.0.0  | 250 2.0.0  | 250 2.0.0  | 250 2.0.0
        NOOP      | 250 2.0.0  | 250 2.0.0  | 250 2.0.0  | 250 2.0.0  | 250 2.0.0
        VRFY      | 252 2.0.0  | 252 2.0.0  | 252 2.0.0  | 252 2.0.0  | 252 2.0.0
        EXPN      | 502 5.5.1  | 502 5.5.1  | 502 5.5.1  | 502 5.5.1  | 502 5.5.1
        HELP      | 214 2.0.0  | 214 2.0.0  | 214 2.0.0  | 214 2.0.0  | 214 2.0.0
        QUIT      | 221 2.0.0  | 221 2.0.0  | 221 2.0.0  | 221 2.0.0  | 221 2.0.0
        XYZZY     | 500 5.5.1  | 500 5.5.1  | 500 5.5.1  | 500 5.5.1  | 500 5.5.1
        """;

    private static readonly Dictionary<string, string> Lines = new()
    {
        ["EHLO"] = "EHLO again.example\r\n",
        ["HELO"] = "HELO again.example\r\n",
        ["AUTH"] = "AUTH PLAIN AGFubgBjb3JyM2N0LWhvcnNl\r\n",
        ["MAIL"] = "MAIL FROM:<a@example.com>\r\n",
        ["RCPT"] = "RCPT TO:<c@example.net>\r\n",
        ["BDAT"] = "BDAT 6\r\nQUIT\r\n", // the chunk looks like a command, and must never be one
        ["VRFY"] = "VRFY ann\r\n",
        ["EXPN"] = "EXPN staff\r\n",
    };

    private static readonly Dictionary<string, string> WaysThere = new()
    {
        ["greeted"] = "",
        ["ready"] = "EHLO me\r\n",
        ["mail"] = "EHLO me\r\nMAIL FROM:<a@example.com>\r\n",
        ["recipient"] = "EHLO me\r\nMAIL FROM:<a@example.com>\r\nRCPT TO:<b@example.net>\r\n",
        ["chunking"] = "EHLO me\r\nMAIL FROM:<a@example.com>\r\nRCPT TO:<b@example.net>\r\nBDAT 3\r\na\r\n",
    };

    public static TheoryData<string, string, string> Cells
    {
        get
        {
            var rows = Table.Split('\n').Select(row => row.Split('|', StringSplitOptions.TrimEntries)).ToList();
            var cells = new TheoryData<string, string, string>();
            foreach (var row in rows.Skip(1))
            {
                for (var column = 1; column < row.Length; column++)
                    cells.Add(row[0], rows[0][column], row[column]);
            }

            return cells;
        }
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public async Task Each_verb_in_each_state_gets_the_reply_of_the_table(string verb, string state, string reply)
    {
        await using var server = new TestServer();
        await server.AskAsync(WaysThere[state]);

        var said = await server.AskAsync(Lines.GetValueOrDefault(verb, verb + "\r\n"));

        var lines = said.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.StartsWith(reply, lines[0], StringComparison.Ordinal);
        Assert.All(lines, line => Assert.Equal(reply[..3], line[..3])); // one reply, whatever followed the command
    }

    [Fact]
    public void The_table_of_this_test_has_every_verb_and_every_state()
    {
        var verbs = Enum.GetNames<SmtpVerb>().Select(name => name.ToUpperInvariant()).Select(name => name == "UNKNOWN" ? "XYZZY" : name);
        Assert.Equal(verbs.Order(), Cells.Select(cell => cell.Data.Item1).Distinct().Order());
        Assert.Equal(Enum.GetValues<SmtpSessionState>().Length, WaysThere.Count);
    }
}
