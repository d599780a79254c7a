using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Sendwright.Tests.Transport.Torture;

/// <summary>One connection to a <see cref="HostileServer"/>: a small SMTP server, and the ill that it means.</summary>
internal sealed class HostileConnection
{
    private readonly HostileServer _server;
    private readonly HostileBehaviour _behaviour;
    private readonly Socket _socket;
    private readonly Random _random;
    private readonly HostileFault _fault;
    private readonly byte[] _chunk = new byte[32 * 1024];
    private readonly List<byte> _input = [];
    private readonly List<byte> _output = [];
    private readonly List<string> _recipients = [];
    private CancellationToken _stopping;
    private long _inputUntilFault = long.MaxValue;
    private long _outputUntilFault = long.MaxValue;
    private string? _sender;
    private int _taken;
    private bool _isOver;
    private bool _isEarly;

    public HostileConnection(HostileServer server, Socket socket, Random random)
    {
        _server = server;
        _behaviour = server.Behaviour;
        _socket = socket;
        _random = random;
        if (!Chance(_behaviour.Faults))
            return;
        _fault = _behaviour.FaultKinds[random.Next(_behaviour.FaultKinds.Count)];
        if (_behaviour.FaultlessMessages == 0)
            PlaceFault();
    }

    public async Task ServeAsync(bool isTooMany, CancellationToken stopping)
    {
        _stopping = stopping;
        try
        {
            await TalkAsync(isTooMany);
        }
        catch (FaultException)
        {
            switch (_fault)
            {
                case HostileFault.HalfClose:
                    _socket.Shutdown(SocketShutdown.Send);
                    break;
                case HostileFault.Close:
                    _socket.Close();
                    return;
                case HostileFault.Reset:
                    _socket.LingerState = new LingerOption(true, 0);
                    _socket.Close();
                    return;
                case HostileFault.Freeze:
                    await _server.Finishing;
                    break;
            }
        }

        // A connection is at its end when the client has closed it.
        while (await _socket.ReceiveAsync(_chunk, _stopping) > 0)
        {
        }
    }

    private async Task TalkAsync(bool isTooMany)
    {
        await _behaviour.Opening.WaitAsync(_stopping);
        if (isTooMany || Chance(_behaviour.ConnectionRefusals / 2))
        {
            await ReplyAsync(isTooMany || Chance(0.5) ? "421 4.7.0 too many connections" : "554 5.3.2 no service here");
            _isOver = true;
        }
        else
        {
            await ReplyAsync("220 hostile.example ESMTP");
        }

        await FlushAsync();
        while (!_isOver)
        {
            if (await LineAsync() is not { } line)
                break;
            await CommandAsync(line);
        }

        await FlushAsync();
        _socket.Shutdown(SocketShutdown.Send);
    }

    private async Task CommandAsync(string line)
    {
        if (_isEarly && await HandleEarlyAsync())
            return;
        var verb = line.Split(' ', ':')[0].ToUpperInvariant();
        switch (verb)
        {
            case "EHLO" when Chance(_behaviour.ConnectionRefusals / 2):
                await ReplyAsync("421 4.3.2 not now");
                _isOver = true;
                break;
            case "EHLO":
                await EhloAsync();
                break;
            case "MAIL" when _sender is not null:
                await ReplyAsync("503 5.5.1 nested MAIL");
                break;
            case "MAIL" when line.StartsWith("MAIL FROM:<", StringComparison.OrdinalIgnoreCase):
                var sender = Path(line);
                if (!await RefusesAsync($"{sender}"))
                {
                    _sender = sender;
                    await ReplyAsync($"250 2.1.0 sender {sender}");
                }

                break;
            case "RCPT" when _sender is null:
                await ReplyAsync("503 5.5.1 need MAIL");
                break;
            case "RCPT" when line.StartsWith("RCPT TO:<", StringComparison.OrdinalIgnoreCase):
                if (!await RefusesAsync(Path(line)))
                {
                    _recipients.Add(Path(line));
                    await ReplyAsync($"250 2.1.5 recipient {Path(line)}");
                }

                break;
            case "DATA":
                await DataAsync();
                break;
            case "BDAT":
                await BdatAsync(line);
                break;
            case "RSET":
                Forget();
                await ReplyAsync("250 2.0.0 forgotten");
                break;
            case "QUIT":
                await ReplyAsync("221 2.0.0 bye");
                _isOver = true;
                break;
            default:
                await ReplyAsync("500 5.5.2 what?");
                break;
        }

        if (_behaviour.Quirk == PipeliningQuirk.DiscardsBehindFirstCommand)
            _input.Clear();
    }

    // A command that lay there before the reply to the one before it had left.
    private async Task<bool> HandleEarlyAsync()
    {
        switch (_behaviour.Quirk)
        {
            case PipeliningQuirk.Answers503:
                await ReplyAsync("503 5.5.0 bad sequence of commands");
                return true;
            case PipeliningQuirk.Answers554:
                await ReplyAsync("554 5.5.0 SMTP synchronization error");
                _isOver = true;
                return true;
            case PipeliningQuirk.HangsUp:
                _output.Clear();
                _isOver = true;
                return true;
            default:
                return false;
        }
    }

    private async Task EhloAsync()
    {
        var offers = new List<string> { "hostile.example" };
        if (_behaviour.Pipelining)
            offers.Add("PIPELINING");
        if (_behaviour.Chunking)
            offers.Add("CHUNKING");
        if (_behaviour.Size)
            offers.Add("SIZE 50000000");
        if (_behaviour.EightBitMime)
            offers.Add("8BITMIME");
        for (var i = 0; i < offers.Count; i++)
            await ReplyAsync($"250{(i == offers.Count - 1 ? ' ' : '-')}{offers[i]}");
    }

    private async Task DataAsync()
    {
        if (_sender is null || (_recipients.Count == 0 && !_behaviour.ContinuesWithoutRecipient))
        {
            await ReplyAsync(_sender is null ? "503 5.5.1 need MAIL" : "554 5.5.1 no valid recipients");
            return;
        }

        if (_recipients.Count > 0 && await RefusesAsync(_sender))
            return;
        await ReplyAsync($"354 go, {_sender}");
        if (_behaviour.Quirk == PipeliningQuirk.DiscardsBehindFirstCommand)
            _input.Clear();
        var content = new List<byte>();
        while (await LineAsync(content) is { } line)
        {
            if (line != ".")
                continue;
            await FinishAsync([.. content]);
            if (_behaviour.Quirk == PipeliningQuirk.DiscardsBehindFinalDot)
                _input.Clear();
            return;
        }

        _isOver = true;
    }

    private async Task BdatAsync(string line)
    {
        var words = line.Split(' ');
        var size = int.Parse(words[1], CultureInfo.InvariantCulture);
        while (_input.Count < size)
        {
            if (!await FillAsync())
            {
                _isOver = true;
                return;
            }
        }

        var content = _input.GetRange(0, size).ToArray();
        _input.RemoveRange(0, size);
        if (_sender is null || _recipients.Count == 0)
            await ReplyAsync(_sender is null ? "503 5.5.1 need MAIL" : "554 5.5.1 no valid recipients");
        else
            await FinishAsync(content);
        if (_behaviour.Quirk == PipeliningQuirk.DiscardsBehindFinalDot)
            _input.Clear();
    }

    private async Task FinishAsync(byte[] content)
    {
        if (_recipients.Count == 0)
        {
            Forget();
            await ReplyAsync(Chance(0.5) ? "554 5.5.1 no valid recipients" : "250 2.0.0 nothing to do");
            return;
        }

        if (await RefusesAsync(_sender!))
        {
            Forget();
            return;
        }

        var id = _server.Ledger.Accept(_sender!, _recipients, content);
        Forget();
        _taken++;
        await ReplyAsync($"250 2.0.0 taken as {id}");
        if (_taken == _behaviour.FaultlessMessages)
            PlaceFault();
        if (_taken == _behaviour.MessagesPerConnection)
        {
            _isOver = true;
            if (_behaviour.SaysFarewell)
                await ReplyAsync("421 4.7.0 that is enough for one connection");
        }
    }

    private void Forget()
    {
        _sender = null;
        _recipients.Clear();
    }

    private async Task<bool> RefusesAsync(string who)
    {
        if (!Chance(_behaviour.Refusals))
            return false;
        if (Chance(_behaviour.Farewells))
        {
            await ReplyAsync($"421 4.3.0 going down at {who}");
            _isOver = true;
        }
        else
        {
            await ReplyAsync($"{(Chance(0.5) ? "451 4.3.0" : "550 5.7.1")} not {who}");
        }

        return true;
    }

    // The next line, with the lines of content gathered without their dot-stuffing; null at the end of the input.
    private async Task<string?> LineAsync(List<byte>? content = null)
    {
        _isEarly = false;
        var scanned = 0;
        while (true)
        {
            var end = -1;
            for (var i = Math.Max(1, scanned); i < _input.Count && end < 0; i++)
            {
                if (_input[i] == '\n' && _input[i - 1] == '\r')
                    end = i;
            }

            if (end < 0)
            {
                scanned = _input.Count;
                if (!await FillAsync())
                    return null;
                continue;
            }

            // What was read before the last reply has left was there too early.
            _isEarly = content is null && _output.Count > 0;
            var line = _input.GetRange(0, end - 1).ToArray();
            _input.RemoveRange(0, end + 1);
            if (content is null || line is [(byte)'.'])
                return Encoding.UTF8.GetString(line);
            content.AddRange(line is [(byte)'.', ..] ? line[1..] : line);
            content.AddRange("\r\n"u8);
            return "";
        }
    }

    // A server reads once it has answered all that it had.
    private async Task<bool> FillAsync()
    {
        // Dying, it may have made up its mind about a message and never say so.
        if (_inputUntilFault == 0 && Chance(0.5))
            throw new FaultException();
        await FlushAsync();
        if (_inputUntilFault == 0)
            throw new FaultException();
        if (_input.Count == 0 && _sender is null && _taken > 0 && Chance(_behaviour.ClosesIdle))
            return false;
        if (_socket.Available == 0)
            _server.Waits();
        var count = (int)Math.Min(_inputUntilFault, await _socket.ReceiveAsync(_chunk, _stopping));
        if (count == 0)
            return false;
        if (_inputUntilFault != long.MaxValue)
            _inputUntilFault -= count;
        _input.AddRange(_chunk.AsSpan(0, count));
        return true;
    }

    private ValueTask ReplyAsync(string line)
    {
        _output.AddRange(Encoding.UTF8.GetBytes(line + "\r\n"));
        // Replies leave together where their commands came together, but not always.
        return Chance(0.2) && _behaviour is { Quirk: PipeliningQuirk.None, Faults: > 0 } ? FlushAsync() : ValueTask.CompletedTask;
    }

    private async ValueTask FlushAsync()
    {
        if (_output.Count == 0)
            return;
        var bytes = _output.ToArray();
        _output.Clear();
        if (Chance(_behaviour.Late))
            await Task.Delay(_behaviour.LongestDelay * _random.NextDouble(), TimeProvider.System, _stopping);
        var isBroken = bytes.Length >= _outputUntilFault;
        var rest = isBroken ? bytes.AsMemory(0, (int)_outputUntilFault) : bytes;
        if (_outputUntilFault != long.MaxValue)
            _outputUntilFault -= rest.Length;
        var isByByte = Chance(_behaviour.ByByte);
        while (!rest.IsEmpty)
        {
            var sent = await _socket.SendAsync(isByByte ? rest[..1] : rest, _stopping);
            rest = rest[sent..];
        }

        if (isBroken)
            throw new FaultException();
    }

    private void PlaceFault()
    {
        var at = 1 + _random.Next(_behaviour.FaultWithin);
        if (Chance(0.5))
            _inputUntilFault = at;
        else
            _outputUntilFault = 1 + at / 4;
    }

    private bool Chance(double share) => share > 0 && _random.NextDouble() < share;

    private static string Path(string line) => line[(line.IndexOf('<', StringComparison.Ordinal) + 1)..line.IndexOf('>', StringComparison.Ordinal)];

    private sealed class FaultException : Exception;
}
