using FsCheck;
using FsCheck.Fluent;

namespace Sendwright.Integration.Tests.Readers;

/// <summary>Forms of a text beside plain text and HTML.</summary>
internal static class MeanAlternatives
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.FromHours(1));

    private static readonly string[] Types =
    [
        "text/markdown; variant=GFM", "text/markdown; charset=utf-8; variant=CommonMark", "text/x-own", "Text/Enriched", "text/watch-html", "text/csv; header=present; title=\"Preise, größer\"", "text/x-own; a=\"b;c\"", "text/x-own; title=\"" + "日本語" + "\"",
    ];

    /// <summary>None in most messages, up to three in the others.</summary>
    public static Gen<Alternative[]> Lists => Gen.Frequency((5, Gen.Constant(0)), (3, Gen.Constant(1)), (1, Gen.Choose(2, 3))).SelectMany(count => Alternatives.ArrayOf(count));

    private static Gen<Alternative> Alternatives => Gen.Frequency(
        (1, MeanTexts.Bodies.Select(Alternative.Amp)),
        (1, Invitations.Select(invitation => invitation.ToAlternative())),
        (1, Calendars.Select(invitation => invitation.ToAlternative())),
        (3, from type in Gen.Elements(Types) from text in MeanTexts.Bodies select new Alternative(type, text)));

    private static Gen<CalendarInvitation> Invitations =>
        from summary in MeanTexts.Names
        from description in MeanTexts.Names
        from minutes in Gen.Choose(0, 10_000)
        from attendees in Gen.Choose(1, 4).SelectMany(count => MeanAddresses.Mailboxes.ArrayOf(count))
        from method in Gen.Elements(CalendarMethod.Request, CalendarMethod.Cancel, CalendarMethod.Publish)
        select CalendarInvitation.For(
            new CalendarEvent
            {
                Id = "event-1@example.com",
                Summary = summary,
                Description = description,
                Location = "Büro, 2. Stock",
                Start = Noon,
                End = Noon.AddMinutes(minutes),
                Organizer = "Änn <ann@example.com>",
                Attendees = attendees,
            },
            Noon,
            method);

    private static Gen<CalendarInvitation> Calendars =>
        from end in Gen.Elements("\r\n", "\n", "\r")
        from method in Gen.Elements("REQUEST", "reply", "COUNTER")
        from last in Gen.Elements("", end)
        select CalendarInvitation.FromICalendar($"BEGIN:VCALENDAR{end}METHOD:{method}{end}BEGIN:VEVENT{end}SUMMARY:Grüße{end}END:VEVENT{end}END:VCALENDAR{last}");
}
