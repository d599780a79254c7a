using Sendwright.Cli.Output;

namespace Sendwright.Tests.Cli;

public sealed class TerminalTests
{
    [Theory]
    [InlineData("Mail:Dkim:Key")]
    [InlineData(":key:")]
    [InlineData("key:")]
    [InlineData("250 2.0.0 :smile: [bold]queued[/] as 1:2:3")]
    [InlineData("[::1]:25")]
    public void A_value_is_shown_as_it_is(string value)
    {
        using var output = new StringWriter();

        new Terminal(output, isTerminal: false).Line($"[grey]before:{Terminal.Text(value)}: behind[/]");

        Assert.Equal($"before:{value}: behind", output.ToString().TrimEnd());
    }
}
