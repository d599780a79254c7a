namespace Sendwright.Settings;

/// <summary>One setting as its source holds it, before anybody has judged it.</summary>
internal sealed record RawSetting
{
    public required SettingKey Key { get; init; }

    /// <summary>The name as its owner wrote it.</summary>
    public required string Name { get; init; }

    /// <summary>The value as the framework's own reader gives it to the application. It may be a secret.</summary>
    public required string Value { get; init; }

    /// <summary>The file and line, where there is one.</summary>
    public string? Where { get; init; }

    /// <summary>Which of several settings with one meaning it is: the time limit's name.</summary>
    public string? Part { get; init; }

    /// <summary>What the file has at the value's end and the framework's reader cuts off, such as <c>a trailing space</c>.</summary>
    public string? DroppedEnd { get; init; }

    /// <summary>Whether it holds nothing but blanks.</summary>
    public bool IsEmpty => string.IsNullOrWhiteSpace(Value);

    // A record would print its value; this one may be a secret.
    public override string ToString() => $"{Name} = {Secret.Mask}";
}
