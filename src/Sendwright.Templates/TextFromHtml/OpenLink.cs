namespace Sendwright.Templates.TextFromHtml;

/// <summary>A link whose text is being written.</summary>
internal sealed class OpenLink(LinkTarget target, TextFlow flow)
{
    private readonly int _lines = flow.Lines.Count;
    private readonly int _column = flow.Column;

    /// <summary>Whether there is something to see in it, be it an image that has no words.</summary>
    public bool HasImage { get; set; }

    /// <summary>Whether it has words.</summary>
    public bool HasText { get; set; }

    /// <summary>Writes the target behind the text, or in its place where both are the same.</summary>
    public void End(TextFlow current)
    {
        if (!HasText)
        {
            if (!HasImage)
                return;
            current.Space();
            current.Write(target.Shown);
            current.Space();
            return;
        }

        var isOnOneLine = current == flow && flow.Lines.Count == _lines && flow.Column >= _column;
        if (!isOnOneLine || !target.IsSaidBy(flow.After(_column)))
            current.WriteBehind($" ({target.Shown})");
        else if (target.IsPage)
            flow.Replace(_column, target.Shown);
    }
}
