using Sendwright.Integration.Tests.Servers;

namespace Sendwright.Integration.Tests.Tool;

/// <summary>One thing that is wrong in an otherwise working world, and what the doctor has to say to it.</summary>
internal sealed record Mistake(string Name)
{
    /// <summary>What stands where the settings point; a good Postfix where nothing else is said.</summary>
    public Func<CancellationToken, Task<MailTarget>> Target { get; init; } = cancellationToken => MailTarget.PostfixAsync(new MailServerOptions(), cancellationToken);

    /// <summary>What differs from settings that work; null takes a line out.</summary>
    public IReadOnlyDictionary<string, string?> Settings { get; init; } = new Dictionary<string, string?>();

    /// <summary>Further arguments of <c>doctor</c>.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>The fault code of the first finding.</summary>
    public required string Code { get; init; }

    /// <summary>The settings that its fixes must name; empty where the fix is not in the settings.</summary>
    public IReadOnlyList<string> Fix { get; init; } = [];
}
