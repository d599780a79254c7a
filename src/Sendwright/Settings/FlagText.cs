namespace Sendwright.Settings;

/// <summary>Reads a yes or no as pydantic does, which is a superset of what the other frameworks take.</summary>
internal static class FlagText
{
    public static bool? Read(string text) => text.ToLowerInvariant() switch
    {
        "1" or "true" or "t" or "yes" or "y" or "on" => true,
        "0" or "false" or "f" or "no" or "n" or "off" => false,
        _ => null,
    };
}
