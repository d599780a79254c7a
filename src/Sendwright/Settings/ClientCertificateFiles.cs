namespace Sendwright.Settings;

/// <summary>Where the certificate is that is shown to servers that ask for one.</summary>
/// <param name="File">A PEM file with the certificate, its intermediates and, without <paramref name="KeyFile"/>, its private key; or a PFX (PKCS#12) file.</param>
/// <param name="KeyFile">A PEM file with the private key, where it is in a file of its own.</param>
/// <param name="Password">What opens the private key or the PFX file; null where nothing is needed.</param>
public sealed record ClientCertificateFiles(string File, string? KeyFile = null, Secret? Password = null);
