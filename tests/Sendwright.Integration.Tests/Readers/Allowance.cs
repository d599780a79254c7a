namespace Sendwright.Integration.Tests.Readers;

/// <summary>
/// A fault of one reader, told in docs/reference/readers.md, and the differences that it explains: as few as can be. One that explains nothing any more fails a test.
/// </summary>
internal sealed record Allowance(string Fault, Func<Difference, Sample, bool> Explains);
