using System.CommandLine;
using Sendwright.Load;

var root = new RootCommand("Measures Sendwright over its public API, with the runtime's defaults.") { ComposeCommand.Create() };
return await root.Parse(args).InvokeAsync();
