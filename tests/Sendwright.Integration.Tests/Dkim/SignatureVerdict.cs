namespace Sendwright.Integration.Tests.Dkim;

/// <summary>What a verifier says of one signature.</summary>
/// <param name="Key">The name of the key's record.</param>
/// <param name="IsValid">Whether the signature is right.</param>
/// <param name="Detail">The verifier's own words.</param>
internal sealed record SignatureVerdict(string Key, bool IsValid, string? Detail);
