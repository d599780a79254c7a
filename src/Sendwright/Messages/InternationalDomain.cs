using System.Globalization;

namespace Sendwright.Messages;

/// <summary>Turns a domain with non-ASCII labels into the form that DNS and every mail server know (RFC 5890, A-labels).</summary>
internal static class InternationalDomain
{
    private static readonly IdnMapping Mapping = new();

    /// <summary>The A-label form, or null where there is none.</summary>
    public static string? ToAscii(string domain)
    {
        // Letters that are not small and not composed change the A-label, that is, the domain the mail goes to.
        if (ComposedForm.Of(domain) is not { } composed)
            return null;
        try
        {
            return Mapping.GetAscii(composed.ToLowerInvariant());
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
