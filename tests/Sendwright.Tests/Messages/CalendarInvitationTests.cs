namespace Sendwright.Tests.Messages;

public sealed class CalendarInvitationTests
{
    private static readonly DateTimeOffset Start = new(2026, 12, 1, 10, 0, 0, TimeSpan.FromHours(1));

    private static CalendarEvent Event => new()
    {
        Id = "order-1@example.com",
        Summary = "Übergabe; Köln, Dom",
        Start = Start,
        End = Start.AddHours(1),
        Organizer = new EmailAddress("ann@example.com", "Ann \"A\" Example"),
        Attendees = ["bob@example.net"],
        Location = "Zimmer 1\r\nLinks \\ rechts",
    };

    [Fact]
    public void An_event_becomes_an_object_that_calendars_read() => Assert.Equal(
        """
        BEGIN:VCALENDAR
        PRODID:-//Sendwright//Sendwright//EN
        VERSION:2.0
        METHOD:REQUEST
        BEGIN:VEVENT
        UID:order-1@example.com
        DTSTAMP:20261122T120000Z
        DTSTART:20261201T090000Z
        DTEND:20261201T100000Z
        SEQUENCE:0
        STATUS:CONFIRMED
        SUMMARY:Übergabe\; Köln\, Dom
        LOCATION:Zimmer 1\nLinks \\ rechts
        ORGANIZER;CN="Ann ^'A^' Example":mailto:ann@example.com
        ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:bob@ex
         ample.net
        END:VEVENT
        END:VCALENDAR

        """.ReplaceLineEndings("\r\n"),
        CalendarInvitation.For(Event, new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero)).Content);

    [Fact]
    public void No_line_has_more_than_75_octets_and_none_divides_a_character()
    {
        var content = CalendarInvitation.For(Event with { Description = string.Concat(Enumerable.Repeat("ä€😀", 200)) }, Start).Content;
        Assert.All(content.Split("\r\n"), line => Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(line), 0, 75));
        Assert.Contains(string.Concat(Enumerable.Repeat("ä€😀", 200)), content.Replace("\r\n ", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("evil\r\nATTENDEE:mailto:eve@example.org")]
    [InlineData("evil\nEND:VEVENT")]
    public void No_text_starts_a_line_of_its_own(string text)
    {
        var content = CalendarInvitation.For(Event with { Summary = text, Location = text, Description = text, Organizer = new EmailAddress("ann@example.com", "x \"y") }, Start).Content;
        Assert.Equal(
            ["BEGIN", "PRODID", "VERSION", "METHOD", "BEGIN", "UID", "DTSTAMP", "DTSTART", "DTEND", "SEQUENCE", "STATUS", "SUMMARY", "LOCATION", "DESCRIPTION", "ORGANIZER", "ATTENDEE", "END", "END", ""],
            content.Replace("\r\n ", "", StringComparison.Ordinal).Split("\r\n").Select(line => line.Split(':', ';')[0]));
        Assert.Throws<ArgumentException>(() => Event with { Id = text });
    }

    [Theory]
    [InlineData(CalendarMethod.Request, "REQUEST", "STATUS:CONFIRMED")]
    [InlineData(CalendarMethod.Cancel, "CANCEL", "STATUS:CANCELLED")]
    [InlineData(CalendarMethod.Publish, "PUBLISH", "STATUS:CONFIRMED")]
    public void The_part_has_the_method_of_the_object(CalendarMethod method, string name, string status)
    {
        var invitation = CalendarInvitation.For(Event, Start, method);
        Assert.Equal($"text/calendar; method={name}", invitation.ToAlternative().ContentType);
        Assert.Contains($"\r\nMETHOD:{name}\r\n", invitation.Content, StringComparison.Ordinal);
        Assert.Contains($"\r\n{status}\r\n", invitation.Content, StringComparison.Ordinal);
        Assert.Equal("application/ics", invitation.ToAttachment().ContentType);
    }

    [Fact]
    public void An_event_that_cannot_be_is_refused()
    {
        Assert.Contains("before it starts", Assert.Throws<ArgumentException>(() => CalendarInvitation.For(Event with { End = Start.AddHours(-1) }, Start)).Message, StringComparison.Ordinal);
        Assert.Contains("nobody to invite", Assert.Throws<ArgumentException>(() => CalendarInvitation.For(Event with { Attendees = [] }, Start)).Message, StringComparison.Ordinal);
        Assert.Equal("PUBLISH", CalendarInvitation.For(Event with { Attendees = [] }, Start, CalendarMethod.Publish).Method);
    }

    // RFC 5546, 3.2.1, the table of PUBLISH: "ATTENDEE 0".
    [Fact]
    public void A_published_event_names_no_attendees()
    {
        Assert.DoesNotContain("ATTENDEE", CalendarInvitation.For(Event, Start, CalendarMethod.Publish).Content, StringComparison.Ordinal);
        Assert.Contains("ATTENDEE", CalendarInvitation.For(Event, Start, CalendarMethod.Cancel).Content, StringComparison.Ordinal);
    }

    // RFC 5545, 3.8.2.2: DTEND "MUST be later in time than the value of the "DTSTART" property".
    [Fact]
    public void A_moment_has_no_end() => Assert.DoesNotContain("DTEND", CalendarInvitation.For(Event with { End = Start }, Start).Content, StringComparison.Ordinal);

    [Fact]
    public void What_no_event_has_is_refused_where_it_is_set()
    {
        Assert.Throws<ArgumentException>(() => Event with { Attendees = ["bob@example.net", null!] });
        Assert.Throws<ArgumentOutOfRangeException>(() => Event with { Sequence = -1 });
    }

    [Theory]
    [InlineData("", "BEGIN:VCALENDAR")]
    [InlineData("hello", "BEGIN:VCALENDAR")]
    [InlineData("BEGIN:VCALENDAR\r\nEND:VCALENDAR", "METHOD")]
    [InlineData("BEGIN:VCALENDAR\r\nMETHOD:a b\r\nEND:VCALENDAR", "a b")]
    public void What_is_no_invitation_is_refused(string content, string expected) =>
        Assert.Contains(expected, Assert.Throws<ArgumentException>(() => CalendarInvitation.FromICalendar(content)).Message, StringComparison.Ordinal);
}
