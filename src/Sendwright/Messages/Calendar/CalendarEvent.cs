using System.Collections.Immutable;
using Sendwright.Messages.Calendar;

namespace Sendwright;

/// <summary>An event to invite to (the VEVENT of RFC 5545, 3.6.1).</summary>
public sealed record CalendarEvent
{
    /// <summary>
    /// What the event is known by in every calendar, such as <c>order-4711@example.com</c>. A change or a cancellation has the same, and a higher <see cref="Sequence"/>.
    /// </summary>
    /// <exception cref="ArgumentException">It is empty or holds a control character.</exception>
    public required string Id { get; init => field = ICalendarText.Check(nameof(Id), value); }

    /// <summary>What it is about.</summary>
    /// <exception cref="ArgumentException">It holds half of a surrogate pair.</exception>
    public required string Summary { get; init => field = ICalendarText.CheckText(nameof(Summary), value); }

    /// <summary>When it starts. It is written in UTC, and each reader's calendar shows its own time.</summary>
    public required DateTimeOffset Start { get; init; }

    /// <summary>When it ends.</summary>
    public required DateTimeOffset End { get; init; }

    /// <summary>Who invites, and gets the answers. Calendars expect the From of the message.</summary>
    public required EmailAddress Organizer { get; init; }

    /// <summary>Who is invited. A published event (<see cref="CalendarMethod.Publish"/>) does not name them.</summary>
    /// <exception cref="ArgumentException">One of them is null.</exception>
    public IReadOnlyList<EmailAddress> Attendees
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value, nameof(Attendees));
            field = value.Contains(null!) ? throw new ArgumentException("Attendees holds null. Remove it.", nameof(Attendees)) : ImmutableArray.CreateRange(value);
        }
    } = [];

    /// <summary>Where it is; null where that is not said.</summary>
    /// <exception cref="ArgumentException">It holds half of a surrogate pair.</exception>
    public string? Location { get; init => field = value is null ? null : ICalendarText.CheckText(nameof(Location), value); }

    /// <summary>What else there is to say; null for nothing.</summary>
    /// <exception cref="ArgumentException">It holds half of a surrogate pair.</exception>
    public string? Description { get; init => field = value is null ? null : ICalendarText.CheckText(nameof(Description), value); }

    /// <summary>How often it has been changed: 0 at first, one more with each message about it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    public int Sequence
    {
        get;
        init => field = value < 0 ? throw new ArgumentOutOfRangeException(nameof(Sequence), value, "An event's Sequence is 0 or more (RFC 5545, 3.8.7.4).") : value;
    }
}
