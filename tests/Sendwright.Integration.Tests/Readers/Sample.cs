using Sendwright.Mime;

namespace Sendwright.Integration.Tests.Readers;

/// <summary>A message that the readers are asked about.</summary>
internal sealed record Sample(string Name, EmailMessage Message, ComposedMessage Composed, byte[] Octets)
{
    /// <summary>The name of its file.</summary>
    public string File => FileOf(Name);

    /// <summary>What its author meant.</summary>
    public ReadMessage Meant { get; } = MeantMessage.Of(Message, Composed);

    public static string FileOf(string name) => name.Replace(' ', '-') + ".eml";
}
