using System.Collections.Immutable;
using Sendwright.Messages;

namespace Sendwright;

/// <summary>Mailboxes under a common name (RFC 5322, 3.4), such as <c>Team: ann@example.com, bob@example.net;</c>. It may be empty, and it holds no other group.</summary>
public sealed class AddressGroup : IEquatable<AddressGroup>
{
    private readonly ImmutableArray<EmailAddress> _members;

    /// <summary>Makes a group.</summary>
    /// <param name="name">The name, in any script; blanks around it are dropped.</param>
    /// <param name="members">The mailboxes; they are copied, and groups among them are taken apart.</param>
    /// <exception cref="ArgumentException">The name is empty, holds a control character or half of a surrogate pair or is too long, or a member is null, or there are too many.</exception>
    public AddressGroup(string name, IReadOnlyList<EmailAddress> members)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(members);
        Name = DisplayName.WithoutBlanksAround(name) ?? throw new ArgumentException("An address group has an empty name. Give it one, such as Team.", nameof(name));
        if (DisplayName.FaultIn("The group name", Name) is { } fault)
            throw new ArgumentException(fault, nameof(name));
        _members = AddressList.Checked(nameof(members), [.. members]);
    }

    /// <summary>What the group is called.</summary>
    public string Name { get; }

    /// <summary>Who is in it.</summary>
    public IReadOnlyList<EmailAddress> Members => _members;

    /// <summary>Whether name and members are the same, in the same order.</summary>
    public bool Equals(AddressGroup? other) => other is not null && Name == other.Name && _members.AsSpan().SequenceEqual(other._members.AsSpan());

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as AddressGroup);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, _members.Length);

    /// <summary>The group as people read and type it; <see cref="AddressList.Parse"/> reads it back.</summary>
    public override string ToString() => MailboxText.WriteGroup(Name, _members.AsSpan());
}
