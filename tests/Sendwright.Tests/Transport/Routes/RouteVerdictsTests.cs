using System.Text.RegularExpressions;
using Sendwright.Diagnosis;
using Sendwright.Evidence;
using Sendwright.Smtp.Wire;
using Sendwright.Transport.Routes;

namespace Sendwright.Tests.Transport.Routes;

public sealed partial class RouteVerdictsTests
{
    private static RouteVerdict Of(string? code, MailStage stage, FaultKind kind = FaultKind.Refused, int reply = 550) =>
        RouteVerdicts.Of(new DeliveryFailure { Stage = stage, Kind = kind, Message = "It failed.", FaultCode = code, Reply = kind == FaultKind.Refused ? new SmtpReply(reply, "no") : null });

    [Fact]
    public void Every_cause_has_a_verdict()
    {
        Assert.Equal(typeof(FaultCodes).GetFields().Select(field => (string)field.GetRawConstantValue()!).Order(), RouteVerdicts.ByCode.Keys.Order());
    }

    [Fact]
    public void The_guide_says_what_the_code_does()
    {
        var rows = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Transport", "Routes", "routes.md"))
            .Select(line => Row().Match(line))
            .Where(row => row.Success)
            .SelectMany(row => Code().Matches(row.Groups["codes"].Value).Select(code => (Code: code.Groups[1].Value, Verdict: Meaning(row.Groups["verdict"].Value))))
            .ToList();

        Assert.Equal(rows.Count, rows.DistinctBy(row => row.Code).Count());
        Assert.Equal(RouteVerdicts.ByCode.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => (pair.Key, pair.Value)), rows.OrderBy(row => row.Code, StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(FaultCodes.ServerBusy, MailStage.Greeting, 421, nameof(RouteVerdict.MovesAndSetsAside))]
    [InlineData(FaultCodes.ServerBusy, MailStage.Recipient, 421, nameof(RouteVerdict.MovesAndSetsAside))]
    [InlineData(FaultCodes.ServerBusy, MailStage.Recipient, 451, nameof(RouteVerdict.Moves))]
    [InlineData(FaultCodes.ServerBusy, MailStage.EndOfData, 451, nameof(RouteVerdict.Moves))]
    [InlineData(FaultCodes.MessageTooLarge, MailStage.Sender, 552, nameof(RouteVerdict.Moves))]
    [InlineData(FaultCodes.MessageTooLarge, MailStage.EndOfData, 552, nameof(RouteVerdict.Stays))]
    [InlineData(FaultCodes.IpBlocked, MailStage.Greeting, 554, nameof(RouteVerdict.MovesAndSetsAside))]
    [InlineData(FaultCodes.IpBlocked, MailStage.EndOfData, 554, nameof(RouteVerdict.Stays))]
    [InlineData(FaultCodes.ConfigInvalid, MailStage.Sender, 553, nameof(RouteVerdict.Stays))]
    [InlineData(FaultCodes.SecretHasWhitespace, MailStage.Auth, 535, nameof(RouteVerdict.MovesAndSetsAside))]
    [InlineData(FaultCodes.SecretHasWhitespace, MailStage.Recipient, 550, nameof(RouteVerdict.Stays))]
    [InlineData(null, MailStage.Hello, 550, nameof(RouteVerdict.MovesAndSetsAside))]
    [InlineData(null, MailStage.Sender, 550, nameof(RouteVerdict.Moves))]
    [InlineData(null, MailStage.Recipient, 455, nameof(RouteVerdict.Stays))]
    [InlineData(null, MailStage.EndOfData, 550, nameof(RouteVerdict.Stays))]
    [InlineData(null, MailStage.EndOfData, 421, nameof(RouteVerdict.MovesAndSetsAside))]
    public void Where_the_stage_says_more_than_the_cause(string? code, MailStage stage, int reply, string verdict)
    {
        Assert.Equal(verdict, Of(code, stage, FaultKind.Refused, reply).ToString());
    }

    [Theory]
    [InlineData(FaultKind.OutcomeUnknown, nameof(RouteVerdict.Stays))]
    [InlineData(FaultKind.Cancelled, nameof(RouteVerdict.Stays))]
    [InlineData(FaultKind.ContentNotCanonical, nameof(RouteVerdict.Stays))]
    [InlineData(FaultKind.ContentChanged, nameof(RouteVerdict.Stays))]
    [InlineData(FaultKind.ContentUnreadable, nameof(RouteVerdict.Stays))]
    [InlineData(FaultKind.LargerThanAnnouncedSize, nameof(RouteVerdict.Moves))]
    [InlineData(FaultKind.SmtpUtf8NotOffered, nameof(RouteVerdict.Moves))]
    [InlineData(FaultKind.EightBitMimeNotOffered, nameof(RouteVerdict.Moves))]
    [InlineData(FaultKind.SettingsUnusable, nameof(RouteVerdict.MovesAndSetsAside))]
    [InlineData(FaultKind.ConnectionReset, nameof(RouteVerdict.MovesAndSetsAside))]
    public void What_happened_decides_where_it_is_plain_whatever_the_cause_is_taken_for(FaultKind kind, string verdict)
    {
        Assert.Equal(verdict, Of(null, MailStage.Data, kind).ToString());
        if (kind is FaultKind.OutcomeUnknown or FaultKind.Cancelled or FaultKind.ContentChanged)
            Assert.All(RouteVerdicts.ByCode.Keys, code => Assert.Equal(RouteVerdict.Stays, Of(code, MailStage.EndOfData, kind)));
    }

    private static RouteVerdict Meaning(string words) => words switch
    {
        "yes, and set aside" => RouteVerdict.MovesAndSetsAside,
        "yes" => RouteVerdict.Moves,
        "no" => RouteVerdict.Stays,
        _ => throw new InvalidDataException($"The guide says \"{words}\", which means nothing."),
    };

    [GeneratedRegex("^\\| (?<codes>`[^|]+`) \\| (?<verdict>yes[^|]*|no) \\|")]
    private static partial Regex Row();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Code();
}
