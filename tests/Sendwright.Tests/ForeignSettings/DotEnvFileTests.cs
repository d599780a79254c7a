using FsCheck;
using FsCheck.Fluent;
using Sendwright.Doctor.ForeignSettings;

namespace Sendwright.Tests.ForeignSettings;

public sealed class DotEnvFileTests
{
    [Theory]
    [InlineData("A=b", "b")]
    [InlineData("A=", "")]
    [InlineData("A= b ", "b")]
    [InlineData("A = b", "b")]
    [InlineData("export A=b", "b")]
    [InlineData("export\tA=b", "b")]
    [InlineData("'A'=b", "b")]
    [InlineData("\ufeffA=b", "b")]
    [InlineData("  A=b", "b")]
    [InlineData("A=b=c", "b=c")]
    [InlineData("A=b c", "b c")]
    [InlineData("A=b #c", "b")]
    [InlineData("A=b\t# c", "b")]
    [InlineData("A=b#c", "b#c")]
    [InlineData("A=#b", "#b")]
    [InlineData("A= #b", "")]
    [InlineData("A='b'", "b")]
    [InlineData("A='b' # c", "b")]
    [InlineData("A='b' ", "b")]
    [InlineData("A=\"b\"", "b")]
    [InlineData("A=\" b \"", " b ")]
    [InlineData("A='b\\n'", "b\\n")]
    [InlineData("A='b\\'c'", "b'c")]
    [InlineData("A='b\\\\c'", "b\\c")]
    [InlineData("A=\"b\\nc\"", "b\nc")]
    [InlineData("A=\"b\\tc\"", "b\tc")]
    [InlineData("A=\"b\\\"c\"", "b\"c")]
    [InlineData("A=\"b\\xc\"", "b\\xc")]
    [InlineData("A=\"b\nc\"", "b\nc")]
    [InlineData("A=\"b\r\nc\"", "b\nc")]
    [InlineData("A='b#c'", "b#c")]
    [InlineData("A=b\"c\"", "b\"c\"")]
    [InlineData("A=b\\nc", "b\\nc")]
    [InlineData("A=b\\", "b\\")]
    [InlineData("A=\"b\\\\\"", "b\\")]
    [InlineData("A", null)]
    [InlineData("A # c", null)]
    [InlineData("A=b\u00a0", "b")]
    public void Reads_a_line_as_python_dotenv_does(string text, string? value)
    {
        foreach (var end in (string[])["", "\n", "\r\n", "\r"])
        {
            var file = Parse(text + end);

            Assert.Empty(file.Errors);
            var entry = Assert.Single(file.Entries);
            Assert.Equal(("A", value), (entry.Name, entry.Value));
        }
    }

    [Theory]
    [InlineData("A=\"b\"c", "A")]
    [InlineData("A='b", "A")]
    [InlineData("A=\"b", "A")]
    [InlineData("A B=c", "A")]
    [InlineData("=b", null)]
    public void Skips_a_line_that_does_not_fit_and_goes_on(string text, string? name)
    {
        var file = Parse($"Y=0\n{text}\nZ=1\n");

        var error = Assert.Single(file.Errors);
        Assert.Equal((name, 2), (error.Name, error.Line));
        Assert.Equal(["Y=0", "Z=1"], file.Entries.Select(entry => $"{entry.Name}={entry.Value}"));
    }

    [Fact]
    public void A_quote_that_is_closed_on_a_later_line_swallows_what_is_between()
    {
        var file = Parse("A=\"b\nB=\"c\nC=d\n");

        Assert.Equal(("A", 1), Assert.Single(file.Errors) is var error ? (error.Name, error.Line) : default);
        Assert.Equal("C", Assert.Single(file.Entries).Name);
    }

    [Theory]
    [InlineData("${B}", "env")]
    [InlineData("x${B}y${B}", "xenvyenv")]
    [InlineData("'${B}'", "env")]
    [InlineData("${C}", "file")]
    [InlineData("${D}", "")]
    [InlineData("${D:-default}", "default")]
    [InlineData("${B:-default}", "env")]
    [InlineData("$B", "$B")]
    [InlineData("${B", "${B")]
    [InlineData("${B:x}${B}", "${B:x}env")]
    public void Replaces_variables_as_python_dotenv_does(string value, string expected)
    {
        var file = DotEnvFile.Parse(".env", $"C=file\nA={value}\n", name => name is "B" or "C" ? "env" : null);

        Assert.Equal(expected, file.Entries[1].Value);
        Assert.Equal(expected.Length == 0 ? ["D"] : [], file.Entries[1].Undefined);
    }

    [Fact]
    public void Keeps_lines_and_what_other_readers_would_take()
    {
        var file = Parse("# first\n\nA=\"x\ny\"\nB='b ' # c\nC=c  \n");

        Assert.Equal([("A", 3), ("B", 5), ("C", 6)], file.Entries.Select(entry => (entry.Name, entry.Line)));
        Assert.Equal(("'b ' # c", '\''), (file.Entries[1].Raw, file.Entries[1].Quote));
        Assert.Equal(("c  ", "a trailing space"), (file.Entries[2].Raw, file.Entries[2].DroppedEnd));
    }

    [Fact]
    public void Any_text_is_read_to_its_end()
    {
        var pieces = Gen.Elements("A", "B_1", "=", "'", "\"", "\\", "#", " ", "\n", "\r\n", "\r", "${", "}", ":-", "export ", "\ufeff", "\0", "é");
        Prop.ForAll(
            Gen.ListOf(pieces).Select(string.Concat).ToArbitrary(),
            text =>
            {
                var file = Parse(text);
                var lines = text.Count(c => c is '\n' or '\r') + 1;
                return file.Entries.All(entry => entry.Line >= 1 && entry.Line <= lines && entry.Name.Length > 0)
                    && file.Errors.All(error => error.Line >= 1 && error.Line <= lines);
            }).QuickCheckThrowOnFailure();
    }

    private static DotEnvFile Parse(string text) => DotEnvFile.Parse(".env", text, _ => null);
}
