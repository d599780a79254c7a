namespace Sendwright.Templates.TextFromHtml;

/// <summary>What stands before the lines of a list item or a quotation, inside that of what they are in.</summary>
internal sealed class Indent
{
    /// <summary>Deeper ones are not shown: nobody could count them, and they would let lines grow with the square of the HTML.</summary>
    private const int MaxDepth = 12;

    public static readonly Indent None = new(null, "", "");

    private readonly Indent? _outer;
    private readonly string _marker;
    private readonly string _continuation;
    private readonly int _depth;

    private Indent(Indent? outer, string marker, string continuation)
    {
        _outer = outer;
        _marker = marker;
        _continuation = continuation;
        _depth = outer is null ? 0 : outer._depth + 1;
        Continuation = outer?.Continuation + continuation;
    }

    /// <summary>What stands before all lines but the first.</summary>
    public string Continuation { get; }

    /// <summary>Whether the first line is still to come and has a mark of its own.</summary>
    public bool AwaitsFirstLine { get; private set; }

    /// <summary>An indent inside this one.</summary>
    /// <param name="marker">What stands before the first line; as long as the continuation.</param>
    /// <param name="continuation">What stands before the others.</param>
    public Indent Inner(string marker, string continuation) =>
        _depth >= MaxDepth ? this : new Indent(this, marker, continuation) { AwaitsFirstLine = marker != continuation };

    /// <summary>What stands before the next line. The marks of the items it opens are given once.</summary>
    public string TakeForLine()
    {
        var prefix = _outer?.TakeForLine() + (AwaitsFirstLine ? _marker : _continuation);
        AwaitsFirstLine = false;
        return prefix;
    }

    /// <summary>The innermost indent that both are in.</summary>
    public static Indent Common(Indent one, Indent other)
    {
        while (one != other)
            (one, other) = one._depth >= other._depth ? (one._outer ?? None, other) : (one, other._outer ?? None);
        return one;
    }
}
