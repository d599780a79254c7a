using System.Collections;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Sendwright.Messages;

namespace Sendwright;

/// <summary>
/// Mailboxes in their order, and the groups that some of them are in (<c>address-list</c> of RFC 5322, 3.4). It cannot change. As a list it is flat: it holds the mailboxes,
/// those of groups included.
/// </summary>
/// <example><code>To = AddressList.Parse("Team: ann@example.com, Bob &lt;bob@example.net&gt;;, carol@example.org")</code></example>
[CollectionBuilder(typeof(AddressList), nameof(Create))]
public sealed class AddressList : IReadOnlyList<EmailAddress>, IEquatable<AddressList>
{
    private readonly ImmutableArray<EmailAddress> _mailboxes;
    private readonly ImmutableArray<PlacedGroup> _groups;

    internal AddressList(ImmutableArray<EmailAddress> mailboxes, ImmutableArray<PlacedGroup> groups)
    {
        _mailboxes = mailboxes;
        _groups = groups;
        Groups = [.. groups.Select(placed => placed.Group)];
    }

    /// <summary>The list without mailboxes and groups.</summary>
    public static AddressList Empty { get; } = new([], []);

    /// <summary>How many mailboxes there are, those of groups included.</summary>
    public int Count => _mailboxes.Length;

    /// <summary>The groups in their order, empty ones included.</summary>
    public IReadOnlyList<AddressGroup> Groups { get; }

    internal ImmutableArray<PlacedGroup> PlacedGroups => _groups;

    /// <summary>The mailbox at an index, wherever in a group or not it is.</summary>
    /// <exception cref="IndexOutOfRangeException">There is none.</exception>
    public EmailAddress this[int index] => _mailboxes[index];

    /// <summary>Makes a list without groups; <c>AddressList list = ["ann@example.com", "Bob &lt;bob@example.net&gt;"];</c> calls it.</summary>
    /// <exception cref="ArgumentException">A mailbox is null, or there are too many.</exception>
    public static AddressList Create(ReadOnlySpan<EmailAddress> mailboxes) =>
        mailboxes.IsEmpty ? Empty : new AddressList(Checked(nameof(mailboxes), [.. mailboxes]), []);

    /// <summary>
    /// Reads what stands in a field such as To, or what people type there: mailboxes and groups with commas between them, by the whole grammar of RFC 5322 with its comments,
    /// folds, encoded-words and obsolete forms. What was read is written in the modern form.
    /// </summary>
    /// <exception cref="FormatException">The text is no such list, or has no mailbox and no group; the message says where and what to change.</exception>
    public static AddressList Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return AddressReader.ReadList(text, out var list) is { } fault ? throw new FormatException(fault) : list!;
    }

    /// <summary>Reads a list as <see cref="Parse"/> does.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out AddressList? list)
    {
        list = null;
        return text is not null && AddressReader.ReadList(text, out list) is null;
    }

    /// <summary>A list with one more mailbox at the end.</summary>
    /// <exception cref="ArgumentException">That is one too many.</exception>
    public AddressList Add(EmailAddress mailbox)
    {
        ArgumentNullException.ThrowIfNull(mailbox);
        return new AddressList(Checked(nameof(mailbox), _mailboxes.Add(mailbox)), _groups);
    }

    /// <summary>A list with one more group at the end.</summary>
    /// <exception cref="ArgumentException">With it there are too many mailboxes or groups.</exception>
    public AddressList Add(AddressGroup group)
    {
        ArgumentNullException.ThrowIfNull(group);
        MessageLimits.CheckCount("The list of groups", _groups.Length + 1, MessageLimits.MaxRecipients, "Divide it.");
        return new AddressList(Checked(nameof(group), _mailboxes.AddRange(group.Members)), _groups.Add(new PlacedGroup(Count, group)));
    }

    /// <inheritdoc/>
    public IEnumerator<EmailAddress> GetEnumerator() => ((IEnumerable<EmailAddress>)_mailboxes).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Whether mailboxes and groups are the same, in the same order.</summary>
    public bool Equals(AddressList? other) =>
        other is not null && _mailboxes.AsSpan().SequenceEqual(other._mailboxes.AsSpan()) && _groups.AsSpan().SequenceEqual(other._groups.AsSpan());

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as AddressList);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Count, Count == 0 ? null : _mailboxes[0], _groups.Length);

    /// <summary>The list as people read and type it; <see cref="Parse"/> reads it back, unless it is empty.</summary>
    public override string ToString() => MailboxText.WriteList(_mailboxes.AsSpan(), _groups.AsSpan());

    internal static ImmutableArray<EmailAddress> Checked(string parameter, ImmutableArray<EmailAddress> mailboxes)
    {
        var missing = mailboxes.IndexOf(null!);
        if (missing >= 0)
            throw new ArgumentException($"{parameter} holds null at index {missing}. Remove it.", parameter);
        MessageLimits.CheckCount("The address list", mailboxes.Length, MessageLimits.MaxRecipients, "Divide it.");
        return mailboxes;
    }
}
