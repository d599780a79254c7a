using System.Text;

namespace Sendwright.Integration.Tests.Readers;

/// <summary>A message that another program wrote, and what it means. The meaning has a date and a Message-ID, as the message has.</summary>
internal sealed record ReadyMadeMessage(string Name, RawMessage Raw, EmailMessage Meaning)
{
    /// <summary>Makes one from text with LF.</summary>
    public static ReadyMadeMessage Of(string name, string text, EmailMessage meaning) => Of(name, text, meaning, Encoding.UTF8);

    /// <inheritdoc cref="Of(string, string, EmailMessage)" />
    public static ReadyMadeMessage Of(string name, string text, EmailMessage meaning, Encoding encoding) => new(name, RawMessage.FromUnixText(encoding.GetBytes(text)), meaning);
}
