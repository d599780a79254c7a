using System.Globalization;

namespace Sendwright.Messages;

/// <summary>Turns a domain with non-ASCII labels into the form that DNS and every mail server know (RFC 5890, A-labels).</summary>
internal static class InternationalDomain
{
    private static readonly IdnMapping Mapping = new();

    /// <summary>The A-label form, or null where there is none.</summary>
    public static string? ToAscii(string domain)
    {
        // Letters that are not small, not composed or full-width change the A-label, that is, the domain the mail goes to; the last only some runtimes map.
        if (ComposedForm.Of(domain) is not { } composed || composed.AsSpan().ContainsAnyInRange('\uFF00', '\uFFEF'))
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
