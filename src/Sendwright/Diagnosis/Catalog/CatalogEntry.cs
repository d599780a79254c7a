namespace Sendwright.Diagnosis.Catalog;

/// <summary>A fault code put into words: what is true, why it matters, what to do.</summary>
/// <param name="Code">The code.</param>
/// <param name="Retry">Whether trying again makes sense.</param>
/// <param name="Title">The cause in one short sentence.</param>
/// <param name="Why">Why this is the cause and what it means.</param>
/// <param name="Fixes">What to do, the best first.</param>
internal sealed record CatalogEntry(
    string Code, RetryAdvice Retry, Func<FindingContext, string> Title, Func<FindingContext, string> Why, Func<FindingContext, IEnumerable<Fix>> Fixes)
{
    /// <summary>Where to read on.</summary>
    public IReadOnlyList<string> References { get; init; } = [];
}
