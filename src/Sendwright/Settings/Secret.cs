using System.Diagnostics;

namespace Sendwright.Settings;

/// <summary>A password or token. It prints as <c>***</c> everywhere; only <see cref="Reveal"/> gives it out, and only the login calls that.</summary>
[DebuggerDisplay("***")]
public sealed class Secret
{
    /// <summary>What stands for a secret in every output.</summary>
    public const string Mask = "***";

    private readonly string _value;

    /// <summary>Wraps a secret.</summary>
    public Secret(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        _value = value;
    }

    /// <summary>Whether there is nothing in it.</summary>
    public bool IsEmpty => _value.Length == 0;

    /// <summary>What may be said about it.</summary>
    public SecretShape Shape => SecretShape.Of(_value);

    /// <summary>The secret itself.</summary>
    public string Reveal() => _value;

    /// <inheritdoc />
    public override string ToString() => Mask;
}
