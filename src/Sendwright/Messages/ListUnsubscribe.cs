using System.Text;
using Sendwright.Messages;
using Sendwright.Mime;

namespace Sendwright;

/// <summary>How a recipient leaves a list: an address to write to, a page to open, or a request that needs no page (RFC 2369, 3.2; RFC 8058).</summary>
public sealed record ListUnsubscribe
{
    /// <summary>Room on one line of 998 for the brackets and the comma, since a URI cannot be folded.</summary>
    private const int MaxLength = 900;

    private ListUnsubscribe(IReadOnlyList<string> uris, bool isOneClick)
    {
        Uris = uris;
        IsOneClick = isOneClick;
    }

    /// <summary>The ways to leave, the preferred one first, in ASCII.</summary>
    public IReadOnlyList<string> Uris { get; }

    /// <summary>Whether a POST to the first, without cookies or login, is enough.</summary>
    public bool IsOneClick { get; }

    /// <summary>A page, or an address to write to.</summary>
    /// <param name="uris">URIs with https, http or mailto, the preferred one first.</param>
    /// <exception cref="ArgumentException">There is none, or one is relative, has another scheme, a password in it, or over 900 characters.</exception>
    public static ListUnsubscribe By(params Uri[] uris)
    {
        ArgumentNullException.ThrowIfNull(uris);
        if (uris.Length == 0)
            throw new ArgumentException("ListUnsubscribe has no URI. Give a page (https:) or an address (mailto:).", nameof(uris));
        return new ListUnsubscribe([.. uris.Select(Check)], isOneClick: false);
    }

    /// <summary>One click in the mail program: it sends a POST with <c>List-Unsubscribe=One-Click</c> to the page, which must act on it at once (RFC 8058).</summary>
    /// <param name="page">The page. RFC 8058, 3.1 demands https, and a URI that tells the recipient and the list.</param>
    /// <param name="mailto">An address for programs that do not know one click.</param>
    /// <exception cref="ArgumentException">The page is not https, the address is not mailto, or one has a password in it or over 900 characters.</exception>
    public static ListUnsubscribe OneClick(Uri page, Uri? mailto = null)
    {
        ArgumentNullException.ThrowIfNull(page);
        var first = Check(page);
        if (page.Scheme != Uri.UriSchemeHttps)
            throw new ArgumentException($"ListUnsubscribe.OneClick {VisibleText.Quote(first)} is not https, which RFC 8058, 3.1 demands. Give an https page, or use ListUnsubscribe.By.", nameof(page));
        if (mailto is null)
            return new ListUnsubscribe([first], isOneClick: true);
        if (!mailto.IsAbsoluteUri || mailto.Scheme != Uri.UriSchemeMailto)
            throw new ArgumentException($"ListUnsubscribe.OneClick {VisibleText.Quote(mailto.ToString())} is not mailto. Give an address such as mailto:leave@example.com.", nameof(mailto));
        return new ListUnsubscribe([first, Check(mailto)], isOneClick: true);
    }

    /// <summary>The ways to leave.</summary>
    public override string ToString() => string.Join(", ", Uris);

    /// <inheritdoc />
    public bool Equals(ListUnsubscribe? other) => other is not null && IsOneClick == other.IsOneClick && Uris.SequenceEqual(other.Uris);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(IsOneClick, Uris[0]);

    private static string Check(Uri uri)
    {
        ArgumentNullException.ThrowIfNull(uri);
        if (!uri.IsAbsoluteUri || (uri.Scheme != Uri.UriSchemeHttps && uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeMailto))
            throw new ArgumentException($"ListUnsubscribe {VisibleText.Quote(uri.ToString())} is not https, http or mailto. Give a page or an address.", nameof(uri));
        if (uri.UserInfo.Length > 0 && uri.Scheme != Uri.UriSchemeMailto)
            throw new ArgumentException($"ListUnsubscribe for {uri.Host} has a user name or password in it, which every recipient would get. Tell the recipient by a token in the path or query.", nameof(uri));
        // RFC 2369, 2: a comma separates URIs; inside of one it must be encoded.
        var text = WithoutEncodedWords(ToAscii(uri).Replace(",", "%2C", StringComparison.Ordinal));
        if (text.Length > MaxLength || text.AsSpan().ContainsAnyExceptInRange('!', '~') || text.AsSpan().ContainsAny('<', '>'))
            throw new ArgumentException($"ListUnsubscribe {VisibleText.Quote(text)} has {text.Length} characters; at most {MaxLength} printable ones without angle brackets are allowed. Shorten it.", nameof(uri));
        return text;
    }

    // Readers decode an encoded-word wherever it stands, and then the URI is another one. A question mark inside of a query is data (RFC 3986, 3.4).
    private static string WithoutEncodedWords(string uri)
    {
        if (!EncodedWordReader.IsIn(uri))
            return uri;
        var query = uri.IndexOf('?', StringComparison.Ordinal) + 1;
        return string.Concat(uri.AsSpan(0, query), uri[query..].Replace("?", "%3F", StringComparison.Ordinal));
    }

    // A URI keeps an international host as it is typed; in a header it must be ASCII.
    private static string ToAscii(Uri uri) => Ascii.IsValid(uri.AbsoluteUri) ? uri.AbsoluteUri : new UriBuilder(uri) { Host = uri.IdnHost }.Uri.AbsoluteUri;
}
