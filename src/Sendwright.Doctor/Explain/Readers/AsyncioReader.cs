using Sendwright.Diagnosis;

namespace Sendwright.Doctor.Explain.Readers;

/// <summary>What asyncio says of a program that gets in its own way.</summary>
internal sealed class AsyncioReader : IFactReader
{
    private static readonly (string Words, string Code)[] Statements =
    [
        ("event loop is already running", FaultCodes.EventLoopBlockedOrTimeout),
        ("asyncio.run() cannot be called from a running event loop", FaultCodes.EventLoopBlockedOrTimeout),
        ("attached to a different loop", FaultCodes.EventLoopBlockedOrTimeout),
        ("event loop is closed", FaultCodes.EventLoopBlockedOrTimeout),
        ("there is no current event loop in thread", FaultCodes.EventLoopBlockedOrTimeout),
        ("coroutine 'fastmail.send_message' was never awaited", FaultCodes.ClientBug),
        ("coroutine 'send' was never awaited", FaultCodes.ClientBug),
        ("coroutine 'smtp.", FaultCodes.ClientBug),
    ];

    public void Read(PastedText text, ReportedFacts facts)
    {
        foreach (var (words, code) in Statements)
        {
            foreach (var at in text.Find(words))
                facts.State(text, text.PlaceOf(at), code);
        }
    }
}
