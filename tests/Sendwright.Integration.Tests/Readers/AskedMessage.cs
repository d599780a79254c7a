using Sendwright.Transport;

namespace Sendwright.Integration.Tests.Readers;

/// <summary>A message that the readers are asked about.</summary>
/// <param name="Name">What tests and files call it.</param>
/// <param name="Meaning">What it means; it is composed, unless it is ready-made.</param>
/// <param name="ReadyMade">The message itself, where it is.</param>
internal sealed record AskedMessage(string Name, EmailMessage Meaning, IMessageContent? ReadyMade = null)
{
    /// <summary>The messages that other composers got wrong, one kind each.</summary>
    public static IReadOnlyList<AskedMessage> HandWritten { get; } =
    [
        .. HandWrittenMessages.All.Concat(HandWrittenStructures.All).Select(written => new AskedMessage(written.Name, written.Message)),
        .. ReadyMadeMessages.All.SelectMany(InBothForms),
    ];

    /// <summary>Every message by its name.</summary>
    public static IReadOnlyDictionary<string, AskedMessage> All { get; } = HandWritten
        .Concat(GeneratedMessages.All.Select(generated => new AskedMessage(generated.Name, generated.Message)))
        .Concat(GeneratedMessages.ReadyMade.SelectMany(InBothForms))
        .ToDictionary(message => message.Name);

    // As it is, and in 7-bit form: both mean the same.
    private static IEnumerable<AskedMessage> InBothForms(ReadyMadeMessage message) =>
    [
        new(message.Name, message.Meaning, message.Raw),
        new(message.Name + " in 7-bit form", message.Meaning, message.Raw.ToSevenBit() ?? throw new InvalidOperationException($"There is no 7-bit form of {message.Name}.")),
    ];
}
