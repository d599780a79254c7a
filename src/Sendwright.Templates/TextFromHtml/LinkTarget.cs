using System.Text;

namespace Sendwright.Templates.TextFromHtml;

/// <summary>Where a link leads, as a reader of text can use it.</summary>
internal sealed class LinkTarget
{
    private readonly string _same;
    private readonly Func<string, string> _normalize;

    private LinkTarget(string shown, bool isPage, Func<string, string> normalize)
    {
        Shown = shown;
        IsPage = isPage;
        _normalize = normalize;
        _same = normalize(shown);
    }

    /// <summary>What is written of it.</summary>
    public string Shown { get; }

    /// <summary>Whether it is the address of a page, rather than of a mailbox or a telephone.</summary>
    public bool IsPage { get; }

    /// <summary>Whether a link's text says already what <see cref="Shown"/> would.</summary>
    public bool IsSaidBy(string text) => _normalize(text) == _same;

    /// <summary>Null for a target that means nothing outside the HTML: a place in it, a script, an attached part.</summary>
    public static LinkTarget? Read(string? href)
    {
        var url = Clean(href ?? "");
        if (url.Length == 0 || url[0] == '#')
            return null;
        if (url.StartsWith("//", StringComparison.Ordinal))
            url = "https:" + url;
        var colon = url.IndexOf(':');
        return (colon < 0 ? "" : url[..colon].ToLowerInvariant()) switch
        {
            "javascript" or "vbscript" or "data" or "cid" or "mid" or "blob" or "file" or "about" => null,
            "mailto" => Mailbox(url[(colon + 1)..]),
            "tel" or "sms" or "callto" => Telephone(url[(colon + 1)..]),
            "http" or "https" => new LinkTarget(url.Replace(" ", "%20", StringComparison.Ordinal), isPage: true, Page),
            // What a provider fills in later, such as {{unsubscribe}}, and what should not be in a mail, such as a relative address: the author has to see it.
            _ => new LinkTarget(url, isPage: true, Page),
        };
    }

    /// <summary>Without what may not be in an address: readers of HTML leave it out as well, so that it hides no scheme from us.</summary>
    private static string Clean(string href)
    {
        var url = new StringBuilder(href.Length);
        foreach (var character in href)
        {
            if (!char.IsControl(character) && character is not ('\u2028' or '\u2029'))
                url.Append(character);
        }

        return url.ToString().Trim();
    }

    private static LinkTarget? Mailbox(string target)
    {
        var address = target.Split('?', 2)[0];
        var decoded = Uri.UnescapeDataString(address);
        if (!decoded.Any(char.IsControl))
            address = decoded;
        return address.Length == 0 ? null : new LinkTarget(address.Trim(), isPage: false, text => text.Trim().ToLowerInvariant());
    }

    private static LinkTarget? Telephone(string target)
    {
        var number = target.Split('?', ';')[0].Trim();
        return number.Length == 0 ? null : new LinkTarget(number, isPage: false, text => string.Concat(text.Where(char.IsLetterOrDigit)));
    }

    private static string Page(string text)
    {
        var url = text.Trim().ToLowerInvariant();
        var scheme = url.IndexOf("://", StringComparison.Ordinal);
        return (scheme < 0 ? url : url[(scheme + 3)..]).TrimEnd('/');
    }
}
