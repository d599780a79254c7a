using System.Globalization;

namespace Sendwright.Tests.Transport.Torture;

/// <summary>What really became of each message, by the server's own knowledge.</summary>
internal sealed class Ledger
{
    public const string NumberField = "X-Number: ";

    private readonly Lock _gate = new();
    private readonly Dictionary<int, List<Acceptance>> _accepted = [];
    private readonly Dictionary<int, byte[]> _expected = [];
    private readonly List<string> _violations = [];
    private readonly List<int> _order = [];
    private int _ids;

    /// <summary>What the server saw and should not have: content that differs from what was sent, recipients of one message with the content of another.</summary>
    public IReadOnlyList<string> Violations
    {
        get
        {
            lock (_gate)
                return [.. _violations];
        }
    }

    public int Total
    {
        get
        {
            lock (_gate)
                return _accepted.Values.Sum(acceptances => acceptances.Count);
        }
    }

    /// <summary>The numbers of the messages in the order in which they were taken.</summary>
    public IReadOnlyList<int> Order
    {
        get
        {
            lock (_gate)
                return [.. _order];
        }
    }

    /// <summary>Forgets all messages.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _accepted.Clear();
            _expected.Clear();
            _order.Clear();
        }
    }

    public void Expect(int number, byte[] content)
    {
        lock (_gate)
            _expected.Add(number, content);
    }

    public IReadOnlyList<Acceptance> Of(int number)
    {
        lock (_gate)
            return _accepted.TryGetValue(number, out var acceptances) ? [.. acceptances] : [];
    }

    /// <summary>The decision to take a message has been made; from here on it counts as taken, whether its reply arrives or not.</summary>
    /// <returns>The id for the reply.</returns>
    public string Accept(string sender, IReadOnlyList<string> recipients, byte[] content)
    {
        var number = NumberOf(content);
        lock (_gate)
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"id{++_ids}-n{number}");
            if (number is not { } known || !_expected.TryGetValue(known, out var expected))
            {
                _violations.Add($"A message that nobody sent was taken: {Convert.ToHexString(content.AsSpan(0, Math.Min(100, content.Length)))}");
                return id;
            }

            if (!content.AsSpan().SequenceEqual(expected))
                _violations.Add($"Message {known} was taken with {content.Length} octets that are not its {expected.Length}.");
            if (sender != SenderOf(known) || recipients.Count == 0 || recipients.Any(recipient => !recipient.EndsWith($".m{known}@example.net", StringComparison.Ordinal)))
                _violations.Add($"Message {known} was taken from <{sender}> for {string.Join(", ", recipients)}.");
            if (!_accepted.TryGetValue(known, out var acceptances))
                _accepted[known] = acceptances = [];
            _order.Add(known);
            acceptances.Add(new Acceptance(id, [.. recipients]));
            return id;
        }
    }

    public static string SenderOf(int number) => string.Create(CultureInfo.InvariantCulture, $"s.m{number}@example.com");

    public static string RecipientOf(int number, int index) => string.Create(CultureInfo.InvariantCulture, $"r{index}.m{number}@example.net");

    private static int? NumberOf(ReadOnlySpan<byte> content)
    {
        var start = content.IndexOf("X-Number: "u8);
        if (start < 0)
            return null;
        var rest = content[(start + NumberField.Length)..];
        var end = rest.IndexOf("\r\n"u8);
        return end > 0 && int.TryParse(rest[..end], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    public sealed record Acceptance(string Id, IReadOnlyList<string> Recipients);
}
