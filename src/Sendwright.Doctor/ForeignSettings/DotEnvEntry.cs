namespace Sendwright.Doctor.ForeignSettings;

/// <summary>A line <c>NAME=value</c> of an environment file: what python-dotenv makes of it, and what stands there.</summary>
internal sealed record DotEnvEntry
{
    public required string Name { get; init; }

    /// <summary>The value as the application gets it; null for a name without an equals sign. It may be a secret.</summary>
    public required string? Value { get; init; }

    /// <summary>The line on which the name stands.</summary>
    public required int Line { get; init; }

    /// <summary>What stands behind the equals sign up to the end of the line, as <c>docker run --env-file</c> takes it.</summary>
    public required string Raw { get; init; }

    /// <summary>The quote around the value; null where there is none.</summary>
    public char? Quote { get; init; }

    /// <summary>What stands at the value's end and the parser drops, such as <c>a trailing space</c>.</summary>
    public string? DroppedEnd { get; init; }

    /// <summary>The comment that was cut off the value, from its <c>#</c> on.</summary>
    public string? Comment { get; init; }

    /// <summary>Names in <c>${NAME}</c> that nothing defines: they became nothing.</summary>
    public IReadOnlyList<string> Undefined { get; init; } = [];

    // A record would print its value; this one may be a secret.
    public override string ToString() => $"{Name} (line {Line})";
}

/// <summary>A line that the parser gives up on and skips.</summary>
/// <param name="Name">The name it begins with, as far as one can be seen.</param>
/// <param name="Line">The line.</param>
/// <param name="Why">Why, as the end of a sentence.</param>
internal sealed record DotEnvError(string? Name, int Line, string Why);
