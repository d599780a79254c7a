using System.Security.Cryptography;
using BenchmarkDotNet.Attributes;
using Sendwright.Load;
using Sendwright.Mime;

namespace Sendwright.Benchmarks;

/// <summary>Signing beside the RSA operation that it cannot do without.</summary>
[MemoryDiagnoser]
#pragma warning disable CA1001 // the cleanup disposes; a type that is derived from, as the tool does, would need a pattern for it
public class DkimBenchmarks
#pragma warning restore CA1001
{
    private readonly RSA _rsa = RSA.Create(2048);
    private readonly byte[] _hash = new byte[SHA256.HashSizeInBytes];
    private readonly DkimSigner _signer;
    private ComposedMessage? _message;

    public DkimBenchmarks() => _signer = new DkimSigner([DkimKey.FromPem("example.com", "s1", _rsa.ExportPkcs8PrivateKeyPem())]);

    [Params(2 * 1024, 100 * 1024)]
    public int Size { get; set; }

    [GlobalSetup]
    public void Compose() => _message = new MimeComposer(TimeProvider.System).Compose(new LoadMessages(Size).Create(1));

    [Benchmark(Baseline = true)]
    public byte[] RsaAlone() => _rsa.SignHash(_hash, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

    [Benchmark]
    public async Task<long?> Sign() => (await _signer.SignAsync(_message!)).Size;

    [GlobalCleanup]
    public void Dispose()
    {
        _signer.Dispose();
        _rsa.Dispose();
    }
}
