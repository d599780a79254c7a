using Spectre.Console;

namespace Sendwright.Cli.Output;

/// <summary>Where the tool writes: coloured and wrapped in a terminal, plain lines when piped.</summary>
internal sealed class Terminal
{
    /// <summary>Nobody reads a pipe by its width: a line there is a line.</summary>
    private const int Unwrapped = 1_000_000;

    /// <summary>Markup that shows nothing, and that no short form of a picture holds.</summary>
    private const string Nothing = "[default][/]";

    private readonly IAnsiConsole _console;

    public Terminal(TextWriter output, bool isTerminal)
    {
        IsTerminal = isTerminal;
        _console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(output),
            Ansi = isTerminal && Environment.GetEnvironmentVariable("NO_COLOR") is null or "" ? AnsiSupport.Detect : AnsiSupport.No,
            Interactive = InteractionSupport.No,
        });
        if (!isTerminal)
            _console.Profile.Width = Unwrapped;
    }

    public bool IsTerminal { get; }

    public int Width => IsTerminal ? Math.Clamp(_console.Profile.Width, 40, 110) : Unwrapped;

    /// <summary>Writes a line of markup; values in it must have been escaped with <see cref="Text"/>.</summary>
    public void Line(string markup = "") => _console.MarkupLine(markup);

    /// <summary>Writes a paragraph, its further lines under its first.</summary>
    public void Paragraph(string lead, string markup, int indent)
    {
        if (IsTerminal)
        {
            var grid = new Grid().AddColumn(Column(indent)).AddColumn(Column(Math.Max(20, Width - indent)));
            grid.AddRow(new Markup(lead), new Markup(markup));
            _console.Write(grid);
        }
        else
        {
            _console.MarkupLine(lead.PadRight(indent) + markup);
        }
    }

    private static GridColumn Column(int width) => new() { Width = width, Padding = new Padding(0, 0, 0, 0) };

    /// <summary>Makes a value safe for markup, and keeps a name between colons from becoming a picture: <c>Mail:Dkim:Key:</c> holds the short form of a key.</summary>
    public static string Text(string? value) => Markup.Escape(value ?? "").Replace(":", $"{Nothing}:{Nothing}", StringComparison.Ordinal);
}
