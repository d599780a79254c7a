using System.CommandLine;

namespace Sendwright.Load;

/// <summary><c>sendwright-load compose</c>: composing alone, on one thread, into a buffer that is thrown away.</summary>
internal static class ComposeCommand
{
    private const int DefaultMessages = 100_000;
    private const int DefaultSize = 2048;

    public static Command Create()
    {
        var size = new Option<int>("--size") { Description = "Octets of text and HTML together; beyond 16 KiB, 2 KiB of them and an attachment for the rest.", DefaultValueFactory = _ => DefaultSize };
        var messages = new Option<int>("--messages") { Description = "How many messages are timed; a tenth more goes before, untimed.", DefaultValueFactory = _ => DefaultMessages };
        size.Validators.Add(result => RequirePositive(result, result.GetValueOrDefault<int>()));
        messages.Validators.Add(result => RequirePositive(result, result.GetValueOrDefault<int>()));
        // The form that contract.md promises is JSON already; the switch is there so that scripts can ask for it.
        var json = new Option<bool>("--json") { Description = "Print JSON, which is what is printed in any case." };
        var command = new Command("compose", "Compose messages and write them into a buffer that is thrown away.") { size, messages, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var result = await ComposeLoad.RunAsync(parsed.GetValue(size), parsed.GetValue(messages), TimeProvider.System, cancellationToken);
            await Console.Out.WriteLineAsync(result.ToJson());
            return 0;
        });
        return command;
    }

    private static void RequirePositive(System.CommandLine.Parsing.OptionResult result, int value)
    {
        if (value < 1)
            result.AddError($"{result.Option.Name} {value} is not 1 or more. Correct it.");
    }
}
