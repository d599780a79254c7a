namespace Sendwright.Integration.Tests.Readers;

/// <summary>Every message that the readers are asked about.</summary>
internal static class ComposedMessages
{
    public static IReadOnlyDictionary<string, EmailMessage> All { get; } =
        HandWrittenMessages.All.Concat(GeneratedMessages.All).ToDictionary(message => message.Name, message => message.Message);
}
