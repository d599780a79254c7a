namespace Sendwright.Testing;

/// <summary>Where a certificate was written as PEM, in the form Postfix, Dovecot and nginx read.</summary>
/// <param name="CertificateFile">The server's certificate and, behind it, what it sends along.</param>
/// <param name="KeyFile">The private key (PKCS#8), readable by its owner only.</param>
/// <param name="AuthorityFile">The certificate that a client has to trust.</param>
public sealed record TestCertificateFiles(string CertificateFile, string KeyFile, string AuthorityFile);
