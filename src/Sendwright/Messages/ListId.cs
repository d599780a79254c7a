using Sendwright.Messages;

namespace Sendwright;

/// <summary>What a mailing list is known by, whatever it is called at the moment (RFC 2919).</summary>
public sealed record ListId
{
    private const int MaxLength = 255; // RFC 2919, 3

    /// <summary>Makes an identifier.</summary>
    /// <param name="id">A label and a domain of the list's owner, such as <c>news.example.com</c>.</param>
    /// <param name="name">What the list is called, in any script.</param>
    /// <exception cref="ArgumentException">The identifier is not atoms joined by dots, or the name holds a control character or half of a surrogate pair.</exception>
    public ListId(string id, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(id);
        FieldCharacters.Check("ListId", id);
        if (id.Length > MaxLength || !id.Contains('.', StringComparison.Ordinal) || !AddressGrammar.IsDotAtom(id))
            throw new ArgumentException($"ListId {VisibleText.Quote(id)} is not ASCII words joined by dots, with at most {MaxLength} characters (RFC 2919). Write it such as news.example.com.", nameof(id));
        if (name is not null && DisplayName.FaultIn("The name of the list", name) is { } fault)
            throw new ArgumentException(fault, nameof(name));
        Id = id;
        Name = DisplayName.WithoutBlanksAround(name);
    }

    /// <summary>The identifier, without angle brackets.</summary>
    public string Id { get; }

    /// <summary>What the list is called; null where it has no name.</summary>
    public string? Name { get; }

    /// <summary>Makes an identifier without a name.</summary>
    public static implicit operator ListId(string id) => new(id);

    /// <summary>Name and identifier.</summary>
    public override string ToString() => Name is null ? Id : $"{Name} <{Id}>";
}
