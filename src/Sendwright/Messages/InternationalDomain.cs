using System.Globalization;

namespace Sendwright.Messages;

/// <summary>Turns a domain with non-ASCII labels into the form that DNS and every mail server know (RFC 5890, A-labels).</summary>
internal static class InternationalDomain
{
    private static readonly IdnMapping Mapping = new();

    /// <summary>The A-label form, or null where there is none.</summary>
    public static string? ToAscii(string domain)
    {
        // Without ICU the runtime neither lower-cases nor composes, and both change the A-label, that is, the domain the mail goes to.
        var normal = domain.Normalize().ToLowerInvariant();
        if (normal.AsSpan().ContainsAnyInRange('\u0300', '\u036F'))
            return null;
        try
        {
            return Mapping.GetAscii(normal);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
