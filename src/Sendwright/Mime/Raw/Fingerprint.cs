using System.Numerics;
using System.Runtime.InteropServices;
using Sendwright.Smtp.Wire;

namespace Sendwright.Mime.Raw;

/// <summary>One reading of a message's octets: whether its lines are right, and by what to know, when it is read again, that it is still the same.</summary>
internal sealed class Fingerprint
{
    private uint _crc = uint.MaxValue;

    public LineScanner Lines { get; } = new();

    public void Take(ReadOnlySpan<byte> octets)
    {
        Lines.Scan(octets);
        // CRC-32C: made to find what changed by accident, and one instruction for eight octets. Who wants to deceive owns the message anyway.
        var words = MemoryMarshal.Cast<byte, ulong>(octets);
        foreach (var word in words)
            _crc = BitOperations.Crc32C(_crc, word);
        foreach (var octet in octets[(words.Length * sizeof(ulong))..])
            _crc = BitOperations.Crc32C(_crc, octet);
    }

    /// <summary>Whether what was read so far can still turn out to be of the same octets.</summary>
    public bool CouldBecome(Fingerprint whole) => Lines.Problem == ContentProblem.None && Lines.Octets <= whole.Lines.Octets;

    /// <summary>Whether another whole reading was of the same octets.</summary>
    public bool Matches(Fingerprint other) => _crc == other._crc && Lines.Octets == other.Lines.Octets && Lines.Problem == other.Lines.Problem;
}
