using System.Collections.Immutable;

namespace Sendwright.Mime.Dkim;

/// <summary>A key at work: its settings, its open instances, and the fields it signs.</summary>
internal sealed class SigningKey(DkimKey settings) : IDisposable
{
    private readonly RsaPool _pool = new(settings.PrivateKey);

    public DkimKey Settings { get; } = settings;

    /// <summary>The fields to sign, those that are only oversigned at the end.</summary>
    public ImmutableArray<SignedField> Fields { get; } =
        [.. settings.SignedHeaders.Union(settings.OversignedHeaders, StringComparer.OrdinalIgnoreCase).Select(name => SignedField.Of(name, settings.OversignedHeaders))];

    public byte[] Sign(ReadOnlySpan<byte> hash) => _pool.Sign(hash);

    public void Dispose() => _pool.Dispose();
}

/// <summary>A field to sign.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsOversigned">Whether it is named once more than the message has it, so that another one breaks the signature.</param>
/// <param name="IsSealedWhereAbsent">Whether that is so too where the message does not have it.</param>
internal readonly record struct SignedField(string Name, bool IsOversigned, bool IsSealedWhereAbsent)
{
    public static SignedField Of(string name, IReadOnlyList<string> oversigned)
    {
        var isOversigned = oversigned.Contains(name, StringComparer.OrdinalIgnoreCase);
        return new SignedField(name, isOversigned, isOversigned && SigningHeaders.IsSealedWhereAbsent(name));
    }
}
