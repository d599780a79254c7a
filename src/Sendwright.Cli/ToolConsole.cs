using Sendwright.Cli.Output;

namespace Sendwright.Cli;

/// <summary>The tool's way to the outside, so that tests can stand in for a terminal.</summary>
internal sealed record ToolConsole
{
    public required TextReader Input { get; init; }

    public bool InputIsTerminal { get; init; }

    /// <summary>For a person.</summary>
    public required Terminal Output { get; init; }

    /// <summary>For scripts: exactly what is written, nothing wrapped or coloured.</summary>
    public required TextWriter Plain { get; init; }

    public required TextWriter Error { get; init; }

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    public static ToolConsole OfProcess() => new()
    {
        Input = Console.In,
        InputIsTerminal = !Console.IsInputRedirected,
        Output = new Terminal(Console.Out, !Console.IsOutputRedirected),
        Plain = Console.Out,
        Error = Console.Error,
    };
}
