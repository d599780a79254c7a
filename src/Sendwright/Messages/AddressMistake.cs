using System.Globalization;

namespace Sendwright.Messages;

/// <summary>Says what is wrong with the text of an address field: the text, the character and its place, and what to write instead. Each method gives false, so that a reader can end with it.</summary>
internal sealed class AddressMistake(string text, bool isList)
{
    /// <summary>What an address looks like.</summary>
    public const string Shape = "Write local@domain or Name <local@domain>.";

    /// <summary>The longest text that is shown from its beginning.</summary>
    private const int MaxShown = 80;

    /// <summary>The sentence; null as long as nothing is wrong.</summary>
    public string? Fault { get; private set; }

    /// <summary>Where the mailbox or group starts that is being read.</summary>
    public int MemberStart { get; set; }

    /// <summary>The member as far as it is read, to be shown.</summary>
    public string MemberUntil(int end) => Shown(MemberStart, end);

    /// <summary>What keeps words from being a local part.</summary>
    public bool InLocalPart(AddressWord word)
    {
        if (word.Kind == AddressWordKind.Dot)
            return At(word.Start, "at the start or the end of a local part, or behind another one. Remove it, or quote the local part: \"a..b\"@example.com.");
        return word.IsApart
            ? Is($"has several words before the \"@\"; {VisibleText.Quote(text[word.Start..word.End])} is the second. Put the address in angle brackets behind the name: Ann Lee <ann@example.com>.")
            : Is("has a quoted local part whose quotes do not close right before the \"@\". Write it as \"local part\"@domain, with \\\" for a quote inside.");
    }

    /// <summary>Something stands behind an address that should not.</summary>
    public bool BehindAddress(int position)
    {
        if (text[position] == '@')
            return At(position, "behind an address that already has one. Remove it, or separate two addresses with a comma.");
        if (text[position] == '<')
            return At(position, "behind an address that has none. If what is before it is the name, put it in double quotes: \"ann@example.com\" <ann@example.com>.");
        if (text[position] is not (':' or '>' or ')' or ';' or ',' or '\\') && text.IndexOf('@', position) > 0)
            return At(position, "behind an address, where another one seems to begin. Separate addresses with commas.");
        return At(position, $"behind an address. Remove it, or put the name before the address: {Shape}");
    }

    /// <summary>There is nothing in the text.</summary>
    public bool NoAddress() => Refuse($"There is no e-mail address in {VisibleText.Quote(text)}. {Shape}");

    /// <summary>A character is wrong.</summary>
    public bool At(int position, string consequence) => Is(string.Create(
        CultureInfo.InvariantCulture, $"has {VisibleText.NameAt(text, position)} at character {position + 1}, {consequence}"));

    /// <summary>The text is wrong.</summary>
    public bool Is(string problem)
    {
        // Of a long text the member that is wrong is shown, not where the list begins.
        var shown = text.Length <= MaxShown ? VisibleText.Quote(text) : Shown(MemberStart, text.Length);
        return Refuse($"{(isList ? "The address list" : "The mailbox")} {shown} {problem}");
    }

    /// <summary>Keeps a sentence that says it all.</summary>
    public bool Refuse(string fault)
    {
        Fault = fault;
        return false;
    }

    private string Shown(int start, int end) => VisibleText.Quote(text[start..Math.Min(end, start + MaxShown + 1)]);
}
