using Sendwright.Messages;
using Sendwright.Messages.Calendar;

namespace Sendwright;

/// <summary>A calendar object that mail programs show with buttons to accept or decline (RFC 6047). Put it into <see cref="EmailMessage.Alternatives"/>.</summary>
public sealed record CalendarInvitation
{
    private const int MaxMethod = 40; // the longest there is has 14

    private const string Product = "-//Sendwright//Sendwright//EN";

    private CalendarInvitation(string content, string method)
    {
        Content = content;
        Method = method;
    }

    /// <summary>The iCalendar object.</summary>
    public string Content { get; }

    /// <summary>Its method, such as <c>REQUEST</c>. RFC 6047, 2.4: the part's <c>method</c> must be the same.</summary>
    public string Method { get; }

    /// <summary>Makes the object for an event.</summary>
    /// <param name="appointment">The event.</param>
    /// <param name="stamp">When the invitation is made; a later one replaces an earlier one of the same event.</param>
    /// <param name="method">What it asks of the reader.</param>
    /// <exception cref="ArgumentException">The event ends before it starts, or there is nobody to invite.</exception>
    public static CalendarInvitation For(CalendarEvent appointment, DateTimeOffset stamp, CalendarMethod method = CalendarMethod.Request)
    {
        ArgumentNullException.ThrowIfNull(appointment);
        if (appointment.End < appointment.Start)
            throw new ArgumentException($"The event {VisibleText.Quote(appointment.Summary)} ends at {appointment.End:O}, before it starts at {appointment.Start:O}. Correct CalendarEvent.Start or End.", nameof(appointment));
        // RFC 5546, 3.2.2: a request without an attendee is none.
        if (method != CalendarMethod.Publish && appointment.Attendees.Count == 0)
            throw new ArgumentException($"The event {VisibleText.Quote(appointment.Summary)} has nobody to invite. Set CalendarEvent.Attendees, or use CalendarMethod.Publish.", nameof(appointment));
        var name = method switch
        {
            CalendarMethod.Cancel => "CANCEL",
            CalendarMethod.Publish => "PUBLISH",
            _ => "REQUEST",
        };
        return new CalendarInvitation(Write(appointment, stamp, name), name);
    }

    /// <summary>Takes an object that another program has made.</summary>
    /// <param name="content">The iCalendar text, with a METHOD and at least one component.</param>
    /// <exception cref="ArgumentException">It is no iCalendar object with a METHOD.</exception>
    public static CalendarInvitation FromICalendar(string content)
    {
        ArgumentNullException.ThrowIfNull(content);
        var lines = content.Split(["\r\n", "\n", "\r"], StringSplitOptions.None);
        if (!lines[0].Trim().Equals("BEGIN:VCALENDAR", StringComparison.OrdinalIgnoreCase))
            throw new ArgumentException($"The calendar object starts with {VisibleText.Quote(lines[0])}, not with BEGIN:VCALENDAR. Give the text of an .ics file.", nameof(content));
        const string Prefix = "METHOD:";
        var method = lines.FirstOrDefault(line => line.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))?[Prefix.Length..].Trim();
        if (method is null || method.Length > MaxMethod || !MediaType.IsToken(method))
        {
            throw new ArgumentException(
                method is null
                    ? "The calendar object has no METHOD, which a message needs (RFC 6047, 2.4). Add a line such as METHOD:REQUEST, or attach it as a file instead."
                    : $"The calendar object has the METHOD {VisibleText.Quote(method)}, which is no word. Correct it, such as METHOD:REQUEST.",
                nameof(content));
        }

        return new CalendarInvitation(content, method.ToUpperInvariant());
    }

    /// <summary>The form that goes beside text and HTML.</summary>
    public Alternative ToAlternative() => new($"text/calendar; method={Method}", Content);

    /// <summary>A file for programs that show no invitations. Some show both then.</summary>
    public Attachment ToAttachment(string fileName = "invite.ics") =>
        Attachment.FromBytes(fileName, System.Text.Encoding.UTF8.GetBytes(Content), "application/ics");

    private static string Write(CalendarEvent appointment, DateTimeOffset stamp, string method)
    {
        var text = new ICalendarText();
        text.Line("BEGIN:VCALENDAR");
        text.Line($"PRODID:{Product}");
        text.Line("VERSION:2.0");
        text.Line($"METHOD:{method}");
        text.Line("BEGIN:VEVENT");
        text.Text("UID", appointment.Id);
        text.Moment("DTSTAMP", stamp);
        text.Moment("DTSTART", appointment.Start);
        // RFC 5545, 3.8.2.2: the end "MUST be later" than the start; 3.6.1: an event without one ends when it starts.
        if (appointment.End > appointment.Start)
            text.Moment("DTEND", appointment.End);
        text.Line(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"SEQUENCE:{appointment.Sequence}"));
        text.Line(method == "CANCEL" ? "STATUS:CANCELLED" : "STATUS:CONFIRMED");
        text.Text("SUMMARY", appointment.Summary);
        if (appointment.Location is { } location)
            text.Text("LOCATION", location);
        if (appointment.Description is { } description)
            text.Text("DESCRIPTION", description);
        text.Address("ORGANIZER", appointment.Organizer);
        // 3.2.17: without RSVP=TRUE a program shows no buttons.
        var attendee = method == "REQUEST" ? "ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE" : "ATTENDEE";
        // RFC 5546, 3.2.1: in a published event ATTENDEE "MUST NOT be present"; it would also tell all readers of each other.
        for (var index = 0; index < appointment.Attendees.Count && method != "PUBLISH"; index++)
            text.Address(attendee, appointment.Attendees[index]);
        text.Line("END:VEVENT");
        text.Line("END:VCALENDAR");
        return text.ToString();
    }
}
