namespace Sendwright.Settings;

/// <summary>What a setting means, whatever a framework calls it.</summary>
public enum SettingKey
{
    /// <summary>One URL for everything.</summary>
    Url,

    /// <summary>The server.</summary>
    Host,

    /// <summary>The TCP port.</summary>
    Port,

    /// <summary>How TLS starts, as one value.</summary>
    Security,

    /// <summary>A flag that switches STARTTLS on.</summary>
    StartTlsFlag,

    /// <summary>A flag that switches implicit TLS on.</summary>
    ImplicitTlsFlag,

    /// <summary>The login's user name.</summary>
    Username,

    /// <summary>The login's secret.</summary>
    Password,

    /// <summary>A file that holds the secret.</summary>
    PasswordFile,

    /// <summary>Whether to log in at all.</summary>
    UseCredentials,

    /// <summary>The from address.</summary>
    From,

    /// <summary>The name beside the from address.</summary>
    FromName,

    /// <summary>Recipients, where a command takes them.</summary>
    To,

    /// <summary>A file of trusted roots.</summary>
    CaFile,

    /// <summary>A certificate to show to the server.</summary>
    ClientCertificate,

    /// <summary>The private key of the certificate to show, where it is in a file of its own.</summary>
    ClientCertificateKey,

    /// <summary>What opens the private key of the certificate to show.</summary>
    ClientCertificatePassword,

    /// <summary>A file that holds what opens it.</summary>
    ClientCertificatePasswordFile,

    /// <summary>The fingerprints of the server's certificates.</summary>
    PinnedCertificates,

    /// <summary>The oldest TLS version to accept.</summary>
    MinimumTls,

    /// <summary>Whether certificates are checked.</summary>
    ValidateCertificates,

    /// <summary>The name given in EHLO.</summary>
    LocalName,

    /// <summary>The proxy to connect through.</summary>
    Proxy,

    /// <summary>The address to connect from.</summary>
    BindAddress,

    /// <summary>A setting of how connections are kept and used.</summary>
    Pool,

    /// <summary>A limit to the messages in a time.</summary>
    Limits,

    /// <summary>Whether a message goes to all of its recipients or to none.</summary>
    AllRecipientsOrNone,

    /// <summary>A time limit.</summary>
    Timeout,

    /// <summary>Whether sending is switched off.</summary>
    SuppressSend,

    /// <summary>A setting of a DKIM key.</summary>
    Dkim,

    /// <summary>A DKIM key's private half, or what opens it.</summary>
    DkimSecret,

    /// <summary>A route among several: its name, its share, its conditions.</summary>
    Route,
}
