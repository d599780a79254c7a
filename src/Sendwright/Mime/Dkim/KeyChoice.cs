namespace Sendwright.Mime.Dkim;

/// <summary>Which of a signer's keys sign a message.</summary>
internal static class KeyChoice
{
    /// <summary>
    /// The keys whose domain is the author's, above it or beneath it: the ones that can make a message pass DMARC (RFC 7489, 3.1.1). Where there is none, the keys of an
    /// only domain sign all the same, as a relay's or provider's own word; among several domains none is chosen, because a signature takes responsibility, and no
    /// customer's domain is to answer for another's mail.
    /// </summary>
    public static IReadOnlyList<SigningKey> For(IReadOnlyList<string> authorDomains, IReadOnlyList<SigningKey> keys)
    {
        var aligned = new List<SigningKey>(keys.Count);
        foreach (var key in keys)
        {
            foreach (var author in authorDomains)
            {
                if (SigningNames.IsWithin(author, key.Settings.Domain) || SigningNames.IsWithin(key.Settings.Domain, author))
                {
                    aligned.Add(key);
                    break;
                }
            }
        }

        return aligned.Count > 0 ? aligned : keys.All(key => key.Settings.Domain == keys[0].Settings.Domain) ? keys : [];
    }
}
