using System.Globalization;

namespace Sendwright.Load;

/// <summary>Each message goes to a recipient of its own, so that a reply that repeats the address can be told from another message's.</summary>
internal static class LoadRecipient
{
    public static string AddressOf(int number) => string.Create(CultureInfo.InvariantCulture, $"joerg{number}@example.org");
}
