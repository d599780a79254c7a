namespace Sendwright.Smtp.Auth;

/// <summary>User names inside GS2 and SCRAM messages, where a comma ends a field: <c>saslname</c> (RFC 5801, 4; RFC 5802, 5.1).</summary>
internal static class SaslName
{
    /// <summary>The name with <c>=</c> and <c>,</c> written as <c>=3D</c> and <c>=2C</c>.</summary>
    public static string Escape(string name) => name.Replace("=", "=3D", StringComparison.Ordinal).Replace(",", "=2C", StringComparison.Ordinal);
}
