using System.CommandLine;
using Sendwright.Load;

const int UsageError = 2;

var root = new RootCommand("Measures Sendwright over its public API, with the runtime's defaults.") { ComposeCommand.Create(), SmtpCommand.Create() };
var parsed = root.Parse(args);
var status = await parsed.InvokeAsync();
return parsed.Errors.Count > 0 ? UsageError : status;
