using AngleSharp.Html;
using AngleSharp.Html.Parser;
using AngleSharp.Html.Parser.Tokens;
using AngleSharp.Html.Parser.Tokens.Struct;
using AngleSharp.Text;

namespace Sendwright.Templates.TextFromHtml;

/// <summary>
/// The tags and the text of a document, one after the other, without comments and without what is never shown (styles, scripts, the title).
/// </summary>
/// <remarks>
/// Tags, not a tree: by the standard's rules for a tree, time grows with the square of the depth, and one unclosed font element may be copied into each paragraph that
/// follows, so that a few hundred kilobytes of hostile HTML would take minutes and gigabytes. Text needs no tree.
/// </remarks>
internal sealed class HtmlReader : IDisposable
{
    /// <summary>The attributes that matter for text. The others are not even kept: the tokenizer compares each attribute of a tag with all that it kept.</summary>
    private static readonly HashSet<string> Attributes = ["alt", "aria-hidden", "hidden", "href", "reversed", "role", "size", "start", "style", "type", "value"];

    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _attributes = Attributes.GetAlternateLookup<ReadOnlySpan<char>>();
    private readonly HtmlTokenizer _tokenizer;
    private string? _unseen;

    public HtmlReader(string html)
    {
        _tokenizer = new HtmlTokenizer(new TextSource(html), HtmlEntityProvider.ResolverExtended)
        {
            DisableElementPositionTracking = true,
            ShouldEmitAttribute = (ref StructHtmlToken _, ReadOnlyMemory<char> name) => _attributes.Contains(name.Span),
            SkipComments = true,
            SkipScriptText = true,
        };
    }

    /// <summary>The next start tag, end tag or text; null at the end.</summary>
    public HtmlToken? Next()
    {
        while (true)
        {
            var token = _tokenizer.Get();
            switch (token.Type)
            {
                case HtmlTokenType.EndOfFile:
                    return null;
                case HtmlTokenType.StartTag:
                    if (!IsUnseen(token.Name))
                        return token;
                    _unseen = token.Name;
                    break;
                case HtmlTokenType.EndTag when _unseen == token.Name:
                    _unseen = null;
                    break;
                case HtmlTokenType.EndTag or HtmlTokenType.Character when _unseen is null:
                    return token;
            }
        }
    }

    public void Dispose() => _tokenizer.Dispose();

    /// <summary>Whether all up to the end tag is neither markup nor shown. Tells the tokenizer how to read on, which is the tree builder's part in the standard.</summary>
    private bool IsUnseen(string name)
    {
        _tokenizer.State = name switch
        {
            "title" or "textarea" => HtmlParseMode.RCData,
            "style" or "iframe" or "noembed" or "noframes" or "xmp" => HtmlParseMode.Rawtext,
            "script" => HtmlParseMode.Script,
            "plaintext" => HtmlParseMode.Plaintext,
            _ => HtmlParseMode.PCData,
        };
        return name is "title" or "style" or "iframe" or "noembed" or "noframes" or "script";
    }
}
