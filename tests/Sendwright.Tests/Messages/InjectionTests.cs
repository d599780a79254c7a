using System.Reflection;
using System.Text.RegularExpressions;
using Sendwright.Tests.Mime;

namespace Sendwright.Tests.Messages;

/// <summary>
/// No public string may start a header, a recipient or a part of somebody else's choice. Where a string can enter is found by reflection; the first test fails for one that
/// has no way into a message here, the second feeds each of them every hostile value.
/// </summary>
public sealed class InjectionTests
{
    /// <summary>For each entrance: what its refusals call it (a pattern), and the ways in which a text gets through it into a message.</summary>
    private static readonly Dictionary<string, (string Called, Func<string, EmailMessage>[] Ways)> Entrances = new()
    {
        ["EmailAddress(address)"] = (
            "e-mail address",
            [
                text => Message with { From = new EmailAddress("ann" + text + "@example.com") },
                text => Message with { To = [new EmailAddress("ann@example.com" + text)] },
                text => Message with { Sender = new EmailAddress($"\"{text}\"@example.com") },
            ]),
        ["EmailAddress(name)"] = (
            "The name",
            [
                text => Message with { From = new EmailAddress("ann@example.com", "Ann" + text) },
                text => Message with { To = [new EmailAddress("ann@example.com", text + "é"), "bob@example.net"] },
            ]),
        ["EmailAddress.Parse(text)"] = (ReadText, [.. MailboxTexts.Select<Func<string, string>, Func<string, EmailMessage>>(form => text => Message with { Cc = [EmailAddress.Parse(form(text))] })]),
        ["EmailAddress.TryParse(text)"] = (ReadText, [text => Message with { Cc = [EmailAddress.TryParse("Ann " + text + " <ann@example.com>", out var mailbox) ? mailbox : throw new FormatException("The mailbox is none.")] }]),
        ["EmailAddress.op_Implicit(text)"] = (ReadText, [text => Message with { ReplyTo = ["Ann" + text + " <ann@example.com>"] }]),
        ["AddressList.Parse(text)"] = (ReadText, [.. MailboxTexts.Select<Func<string, string>, Func<string, EmailMessage>>(form => text => Message with { To = AddressList.Parse($"Team: {form(text)}, b@x.example;, c@x.example") })]),
        ["AddressList.TryParse(text)"] = (ReadText, [text => Message with { To = AddressList.TryParse("Team" + text + ": ann@example.com;", out var list) ? list : throw new FormatException("The address list is none.") }]),
        ["AddressGroup(name)"] = ("The group name", [text => Message with { To = AddressList.Empty.Add(new AddressGroup("Team" + text, ["ann@example.com"])).Add("bob@example.net") }]),
        ["EmailMessage.Subject"] = ("Subject", [text => Message with { Subject = "Hi" + text }, text => Message with { Subject = text }]),
        ["EmailMessage.MessageId"] = ("MessageId", [text => Message with { MessageId = "<1@example.com" + text + ">" }, text => Message with { MessageId = text }]),
        ["EmailMessage.Text"] = ("Text", [text => Message with { Text = text }]),
        ["EmailMessage.Html"] = ("Html", [text => Message with { Html = text }]),
        ["MailHeader(name)"] = ("header", [text => Message with { Headers = [new MailHeader("X-Own" + text, "7")] }]),
        ["MailHeader(value)"] = ("X-Own", [text => Message with { Headers = [new MailHeader("X-Own", "7" + text)] }]),
        ["Attachment.FromBytes(fileName)"] = ("FileName", [text => With(Attachment.FromBytes("a" + text + ".pdf", default)), text => With(Attachment.FromBytes(text, default))]),
        ["Attachment.FromBytes(contentType)"] = (
            "ContentType",
            [
                text => With(Attachment.FromBytes("a.pdf", default, "text/plain" + text)),
                text => With(Attachment.FromBytes("a.pdf", default, $"text/plain; a=\"{text}\"")),
            ]),
        ["Attachment.FromStream(fileName)"] = ("FileName", [text => With(Attachment.FromStream("a" + text, _ => ValueTask.FromResult(Stream.Null), 0))]),
        ["Attachment.FromStream(contentType)"] = ("ContentType", [text => With(Attachment.FromStream("a", _ => ValueTask.FromResult(Stream.Null), 0, "text/plain; a=" + text))]),
        ["Attachment.FromFile(path)"] = ("file", [text => With(FromFile("no such file" + text))]),
        ["Attachment.FromFile(fileName)"] = ("FileName", [text => With(InMemory(Attachment.FromFile(typeof(InjectionTests).Assembly.Location, "a" + text)))]),
        ["Attachment.FromFile(contentType)"] = ("ContentType", [text => With(InMemory(Attachment.FromFile(typeof(InjectionTests).Assembly.Location, "a", "text/plain; a=\"b" + text + "\"")))]),
        ["Attachment.FromMessage(fileName)"] = ("FileName", [text => With(Attachment.FromMessage(Message, "a" + text))]),
        ["Alternative(contentType)"] = ("ContentType", [text => Message with { Alternatives = [new Alternative("text/markdown; a=\"b" + text + "\"", "x")] }, text => Message with { Alternatives = [new Alternative("text/markdown" + text, "x")] }]),
        ["Alternative(text)"] = ("Text", [text => Message with { Alternatives = [new Alternative("text/markdown", text)] }]),
        ["Alternative.Amp(html)"] = ("Text", [text => Message with { Alternatives = [Alternative.Amp(text)] }]),
        ["EmailMessage.InReplyTo"] = ("InReplyTo", [text => Message with { InReplyTo = "<1@example.com" + text + ">" }, text => Message with { InReplyTo = text }]),
        ["EmailMessage.References"] = ("References", [text => Message with { References = ["<1@example.com>", "<2@example.com" + text + ">"] }]),
        ["EmailMessage.FeedbackId"] = ("FeedbackId", [text => Message with { FeedbackId = "a:b" + text + ":c" }]),
        ["ListId(id)"] = ("ListId", [text => Message with { ListId = new ListId("news" + text + ".example.com") }]),
        ["ListId(name)"] = ("The name", [text => Message with { ListId = new ListId("news.example.com", "News" + text) }]),
        ["ListId.op_Implicit(id)"] = ("ListId", [text => Message with { ListId = "news.example.com" + text }]),
        ["ListUnsubscribe.By(uris)"] = ("ListUnsubscribe|URI", [text => Message with { ListUnsubscribe = ListUnsubscribe.By(Page(text)) }]),
        ["ListUnsubscribe.OneClick(page)"] = ("ListUnsubscribe|URI", [text => Message with { ListUnsubscribe = ListUnsubscribe.OneClick(Page(text)) }]),
        ["ListUnsubscribe.OneClick(mailto)"] = ("ListUnsubscribe|URI", [text => Message with { ListUnsubscribe = ListUnsubscribe.OneClick(Page(""), new Uri("mailto:leave@example.com?subject=" + text)) }]),
        ["CalendarInvitation.FromICalendar(content)"] = ("calendar object", [text => Message with { Alternatives = [CalendarInvitation.FromICalendar("BEGIN:VCALENDAR\r\nMETHOD:X" + text + "\r\nEND:VCALENDAR\r\n").ToAlternative()] }]),
        ["CalendarInvitation.ToAttachment(fileName)"] = ("FileName", [text => With(CalendarInvitation.For(Event, Now).ToAttachment("a" + text))]),
        ["CalendarEvent.Id"] = ("Id", [text => Inviting(Event with { Id = "1" + text })]),
        ["CalendarEvent.Summary"] = ("Summary", [text => Inviting(Event with { Summary = text })]),
        ["CalendarEvent.Location"] = ("Location", [text => Inviting(Event with { Location = text })]),
        ["CalendarEvent.Description"] = ("Description", [text => Inviting(Event with { Description = text })]),
        ["Attachment.FileName"] = ("FileName", [text => With(Attachment.FromBytes("a.pdf", default) with { FileName = text + ".pdf" })]),
        ["Attachment.ContentType"] = ("ContentType", [text => With(Attachment.FromBytes("a.pdf", default) with { ContentType = "text/plain; a=" + text })]),
        ["Attachment.ContentId"] = ("ContentId", [text => With(Attachment.FromBytes("a.pdf", default) with { ContentId = "logo" + text, IsInline = true })]),
    };

    private static readonly Dictionary<string, string> HostileTexts = new()
    {
        ["CRLF and a field"] = "\r\nBcc: eve@example.org",
        ["LF and a field"] = "\nBcc: eve@example.org",
        ["CR and a field"] = "\rBcc: eve@example.org",
        ["CRLF"] = "\r\n",
        ["CRLF and a blank"] = "\r\n ",
        ["CR"] = "\r",
        ["LF"] = "\n",
        ["end of the header"] = "\r\n\r\n<script>",
        ["end of the message"] = "\r\n.\r\nMAIL FROM:<eve@example.org>\r\n",
        ["a boundary"] = "\r\n--=_a\r\nContent-Type: text/html\r\n\r\n",
        ["NUL"] = "\0",
        ["ESC"] = "\u001b[2J",
        ["line separator"] = "\u2028Bcc: eve@example.org",
        ["next line"] = "\u0085Bcc: eve@example.org",
        ["high surrogate"] = "\ud83d",
        ["low surrogate"] = "\ude00",
        ["encoded CRLF in Q"] = "=?utf-8?Q?=0D=0ABcc:_eve=40example.org?=",
        ["encoded CRLF in B"] = " =?utf-8?B?DQpCY2M6IGV2ZUBleGFtcGxlLm9yZw==?= ",
        ["encoded NUL"] = " =?utf-8?Q?=00?= ",
        ["angle brackets"] = "> <eve@example.org",
        ["closing bracket"] = ">",
        ["comma"] = ", eve@example.org",
        ["colon and semicolon"] = ":;",
        ["semicolon and quotes"] = "\"; filename=\"evil.exe",
        ["backslash"] = "\\",
        ["quote"] = "\"",
        ["percent"] = "%0d%0aBcc:%20eve",
        ["direction override"] = "\u202egpj.exe",
        ["a megabyte"] = new string('x', 1_000_000),
        ["a megabyte of words"] = string.Concat(Enumerable.Repeat("x ", 500_000)),
        ["a megabyte of emoji"] = string.Concat(Enumerable.Repeat("😀", 500_000)),
    };

    /// <summary>Bodies are encoded, the texts of a calendar object are escaped, and a URI has its own escapes.</summary>
    private static readonly string[] MayHoldLines =
    [
        "EmailMessage.Text", "EmailMessage.Html", "Alternative(text)", "Alternative.Amp(html)", "CalendarInvitation.FromICalendar(content)",
        "CalendarEvent.Summary", "CalendarEvent.Location", "CalendarEvent.Description",
        "ListUnsubscribe.By(uris)", "ListUnsubscribe.OneClick(page)", "ListUnsubscribe.OneClick(mailto)",
    ];

    /// <summary>
    /// What a server or this library says about a message; a ready-made one, which is not composed but judged octet by octet; and the wish for reports, whose words stand in
    /// commands (<see cref="Smtp.DsnParametersTests"/> attacks them).
    /// </summary>
    private static readonly string[] Results = ["MailException", "DeliveryReceipt", "DeliveryFailure", "RecipientOutcome", "RawMessage", "Dsn"];

    /// <summary>Texts that would be commands, fields or lines where they are written as they are.</summary>
    internal static IReadOnlyCollection<string> Hostile => HostileTexts.Values;

    public static TheoryData<string, string> Attacks
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var entrance in Entrances.Keys)
            {
                foreach (var hostile in HostileTexts.Keys)
                    data.Add(entrance, hostile);
            }

            return data;
        }
    }

    private const string ReadText = "mailbox|address|name";

    private static Func<string, string>[] MailboxTexts =>
    [
        text => text, text => $"Ann {text} <ann@example.com>", text => $"\"Ann {text}\" <ann@example.com>", text => $"ann@example.com ({text})",
        text => $"ann{text}@example.com", text => $"\"ann{text}\"@example.com", text => $"Ann <ann@example.com{text}>", text => $"Ann <@a.example{text}:ann@example.com>",
    ];

    // What a file is called and where it comes from is attacked here; reading it would only wait for the disk.
    private static Attachment InMemory(Attachment file) => Attachment.FromBytes(file.FileName, default, file.ContentType);

    private static Attachment FromFile(string path)
    {
        try
        {
            return InMemory(Attachment.FromFile(path));
        }
        catch (FileNotFoundException e)
        {
            throw new ArgumentException(e.Message, e);
        }
    }

    private static DateTimeOffset Now => FixedTime.Noon;

    private static CalendarEvent Event => new() { Id = "1@example.com", Summary = "Talk", Start = Now, End = Now, Organizer = "ann@example.com", Attendees = ["bob@example.net"] };

    private static EmailMessage Inviting(CalendarEvent appointment) => Message with { Alternatives = [CalendarInvitation.For(appointment, Now).ToAlternative()] };

    private static Uri Page(string text) =>
        Uri.TryCreate("https://example.com/leave?u=" + text, UriKind.Absolute, out var page) ? page : throw new FormatException("The URI is none.");

    private static EmailMessage Message => new() { From = "ann@example.com", To = ["bob@example.net"], Text = "text", Html = "<p>text", Subject = "Hi" };

    private static IEnumerable<Type> Types => typeof(EmailMessage).Assembly.GetExportedTypes()
        .Where(type => type.Namespace == nameof(Sendwright) && !Results.Contains(type.Name) && !type.IsSubclassOf(typeof(Exception)));

    [Fact]
    public void Every_public_string_that_can_enter_a_message_is_attacked_here()
    {
        var found = Types.SelectMany(StringsInto).Distinct().ToList();
        Assert.True(
            !found.Except(Entrances.Keys).Any(),
            $"Nothing attacks {string.Join(", ", found.Except(Entrances.Keys))}. Add to {nameof(Entrances)} how a text gets through it into a message, or its type to {nameof(Results)} if none can.");
        Assert.True(!Entrances.Keys.Except(found).Any(), $"These entrances are no more: {string.Join(", ", Entrances.Keys.Except(found))}.");
    }

    [Theory]
    [MemberData(nameof(Attacks))]
    public void A_hostile_text_is_refused_by_name_or_changes_nothing_but_its_own_value(string entrance, string hostile)
    {
        var (called, ways) = Entrances[entrance];
        foreach (var way in ways)
        {
            EmailMessage message;
            try
            {
                message = way(HostileTexts[hostile]);
            }
            catch (Exception refusal) when (refusal is ArgumentException or FormatException)
            {
                Assert.DoesNotContain(refusal.Message, char.IsControl);
                Assert.Matches(new Regex(called), refusal.Message);
                Assert.InRange(refusal.Message.Length, 1, 800);
                continue;
            }

            var octets = Wire.Octets(Wire.Compose(message));
            Assert.Equal(StrictMessage.Shape(Wire.Octets(Wire.Compose(Harmless(way, message)))), StrictMessage.Shape(octets));
            Assert.Equal(message.To, AddressList.Parse(StrictMessage.Field(octets, "To")), (one, other) => one.SequenceEqual(other));
            Assert.Equal(message.From, EmailAddress.Parse(StrictMessage.Field(octets, "From")));
        }
    }

    [Fact]
    public void A_line_end_or_NUL_is_refused_wherever_it_would_be_written_and_shown_without_effect()
    {
        foreach (var (entrance, (_, ways)) in Entrances.Where(entry => !MayHoldLines.Contains(entry.Key)))
        {
            foreach (var text in (string[])["\r\nBcc: eve@example.org", "\n", "\r", "\0", "\r\n.\r\n"])
            {
                foreach (var way in ways)
                {
                    var refusal = Assert.ThrowsAny<Exception>(() => way(text));
                    Assert.True(refusal is ArgumentException or FormatException, $"{entrance}: {refusal.GetType().Name}");
                    Assert.DoesNotContain(refusal.Message, char.IsControl);
                }
            }
        }
    }

    /// <summary>The same message with a harmless text in the same place: its fields are those that there should be.</summary>
    private static EmailMessage Harmless(Func<string, EmailMessage> way, EmailMessage attacked)
    {
        foreach (var text in (string[])["x", "x@example.com", "a.b"])
        {
            try
            {
                return way(text);
            }
            catch (Exception refusal) when (refusal is ArgumentException or FormatException)
            {
                // Not every place takes every text.
            }
        }

        // Only what is hostile elsewhere gets in here; then nothing but the one place differs from the message it was put into.
        return Message with { Cc = attacked.Cc, ReplyTo = attacked.ReplyTo, Sender = attacked.Sender, Attachments = attacked.Attachments };
    }

    private static EmailMessage With(Attachment attachment) => Message with { Attachments = [attachment] };

    private static IEnumerable<string> StringsInto(Type type)
    {
        const BindingFlags Declared = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        var properties = type.GetProperties(Declared).Where(property => property.SetMethod is { IsPublic: true } && HoldsText(property.PropertyType)).Select(property => $"{type.Name}.{property.Name}");
        var constructors = type.GetConstructors().SelectMany(made => made.GetParameters()).Where(parameter => HoldsText(parameter.ParameterType)).Select(parameter => $"{type.Name}({parameter.Name})");
        var methods = type.GetMethods(Declared).Where(method => !method.IsSpecialName || method.Name == "op_Implicit")
            .SelectMany(method => method.GetParameters().Where(parameter => !parameter.IsOut && HoldsText(parameter.ParameterType)).Select(parameter => $"{type.Name}.{method.Name}({parameter.Name})"));
        return [.. properties, .. constructors, .. methods];
    }

    private static bool HoldsText(Type type) =>
        type == typeof(string) || type == typeof(Uri) || (type.HasElementType && HoldsText(type.GetElementType()!)) || (type.IsGenericType && type.GetGenericArguments().Any(HoldsText));
}
