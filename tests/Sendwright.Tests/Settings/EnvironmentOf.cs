namespace Sendwright.Tests.Settings;

/// <summary>Environment variables of one test, told apart from those of others by a prefix of their own.</summary>
internal sealed class EnvironmentOf : IDisposable
{
    private readonly string[] _names;

    public EnvironmentOf(params (string Name, string Value)[] variables)
    {
        foreach (var (name, value) in variables)
            Environment.SetEnvironmentVariable(Prefix + name, value);
        _names = [.. variables.Select(variable => Prefix + variable.Name)];
    }

    public string Prefix { get; } = $"T{Guid.NewGuid():N}_";

    public void Dispose()
    {
        foreach (var name in _names)
            Environment.SetEnvironmentVariable(name, null);
    }
}
