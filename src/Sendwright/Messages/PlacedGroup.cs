namespace Sendwright.Messages;

/// <summary>Where a group stands in a list: its members are the mailboxes from <paramref name="Start"/> on; an empty one stands before that mailbox.</summary>
/// <param name="Start">The index of its first member.</param>
/// <param name="Group">The group.</param>
internal readonly record struct PlacedGroup(int Start, AddressGroup Group);
