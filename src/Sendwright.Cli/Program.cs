using Sendwright.Cli;

using var stopping = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stopping.Cancel();
};
return await Tool.RunAsync(args, ToolConsole.OfProcess(), stopping.Token);
