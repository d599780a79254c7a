using System.CommandLine;
using Sendwright.Cli.Arguments;

namespace Sendwright.Cli.Commands;

/// <summary>Reads the addresses among the options.</summary>
internal static class Addresses
{
    /// <exception cref="UsageException">One is no address.</exception>
    public static (EmailAddress? From, IReadOnlyList<EmailAddress> To) Read(ParseResult parsed, ConnectionOptions options)
    {
        var from = parsed.GetValue(options.From) is { } text ? Parse("--from", text) : null;
        return (from, [.. (parsed.GetValue(options.To) ?? []).Select(recipient => Parse("--to", recipient))]);
    }

    private static EmailAddress Parse(string option, string text)
    {
        try
        {
            return EmailAddress.Parse(text);
        }
        catch (FormatException e)
        {
            throw new UsageException($"{option}: {e.Message}");
        }
    }
}
