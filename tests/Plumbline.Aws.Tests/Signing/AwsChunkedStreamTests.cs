using System.Security.Cryptography;
using System.Text;
using Plumbline.Aws.Errors;
using Plumbline.Aws.Signing;

namespace Plumbline.Aws.Tests.Signing;

/// <summary>The two worked examples of S3's documentation, and damaged forms of them.</summary>
public sealed class AwsChunkedStreamTests
{
    private const string Secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
    private const string Scope = "20130524/us-east-1/s3/aws4_request";
    private const string Date = "20130524T000000Z";
    private const string Seed = "4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9";
    private const string TrailerSeed = "106e2a8a18243abcf37539882f36619c00e2dfc72633413f02d3b74544bfeb8e";

    private static readonly string Big = new('a', 65536);
    private static readonly string Small = new('a', 1024);

    private static readonly string Documented =
        $"10000;chunk-signature=ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648\r\n{Big}\r\n"
        + $"400;chunk-signature=0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497\r\n{Small}\r\n"
        + "0;chunk-signature=b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9\r\n\r\n";

    private static readonly string DocumentedTrailer =
        $"10000;chunk-signature=b474d8862b1487a5145d686f57f013e54db672cee1c953b3010fb58501ef5aa2\r\n{Big}\r\n"
        + $"400;chunk-signature=1c1344b170168f8e65b41376b44b20fe354e373826ccbbe2c1d40a8cae51e5c7\r\n{Small}\r\n"
        + "0;chunk-signature=2ca2aba2005185cf7159c6277faf83795951dd77a3a99e6e65d5c9f85863f992\r\n"
        + "x-amz-checksum-crc32c:sOO8/Q==\r\n"
        + "x-amz-trailer-signature:d81f82fc3505edab99d459891051a732e8730629a2e4a59689829ca17fe2e435\r\n\r\n";

    [Fact]
    public async Task The_documented_upload_in_signed_chunks_is_read() =>
        (await ReadAsync(Documented, Chain(Seed))).Text.ShouldBe(Big + Small);

    [Fact]
    public async Task The_documented_upload_with_a_signed_trailer_is_read()
    {
        var (text, trailers) = await ReadAsync(DocumentedTrailer, Chain(TrailerSeed));
        text.ShouldBe(Big + Small);
        trailers.ShouldBe(new Dictionary<string, string> { ["x-amz-checksum-crc32c"] = "sOO8/Q==" });
    }

    [Fact]
    public async Task An_unsigned_trailer_is_read()
    {
        var (text, trailers) = await ReadAsync("b\r\nhello world\r\n0\r\nx-amz-checksum-crc32:DUoRhQ==\r\n\r\n", null);
        text.ShouldBe("hello world");
        trailers["X-Amz-Checksum-Crc32"].ShouldBe("DUoRhQ==");
    }

    [Fact]
    public async Task It_reads_the_same_however_the_network_cuts_it()
    {
        foreach (var step in (int[])[1, 3, 7, 64, 1000, 65537])
        {
            (await ReadAsync(DocumentedTrailer, Chain(TrailerSeed), step)).Text.Length.ShouldBe(66560);
        }
    }

    [Theory]
    [InlineData("b\r\nhello wor", "IncompleteBody")]
    [InlineData("b\r\nhello world", "IncompleteBody")]
    [InlineData("b\r\nhello world\r\n", "IncompleteBody")]
    [InlineData("b\r\nhello world!\r\n0\r\n\r\n", "InvalidRequest")]
    [InlineData("hello\r\n", "InvalidRequest")]
    [InlineData("-1\r\n", "InvalidRequest")]
    [InlineData("ffffffffffffffff\r\n", "InvalidRequest")]
    [InlineData("0\r\nno colon\r\n\r\n", "InvalidRequest")]
    public async Task A_body_that_is_cut_or_malformed_is_refused(string body, string code) =>
        (await Should.ThrowAsync<AwsException>(() => ReadAsync(body, null))).Code.ShouldBe(code);

    [Theory]
    [InlineData("chunk-signature=ad80", "chunk-signature=ad81")]
    [InlineData("aaaa\r\n400", "aaab\r\n400")]
    [InlineData("chunk-signature=b6c6", "chunk-signature=0000")]
    [InlineData(";chunk-signature=0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497", "")]
    public async Task A_chunk_that_was_changed_is_refused(string from, string to)
    {
        var changed = Documented.Replace(from, to, StringComparison.Ordinal);
        var error = await Should.ThrowAsync<AwsException>(() => ReadAsync(changed, Chain(Seed)));
        error.Code.ShouldBe("SignatureDoesNotMatch");
    }

    [Fact]
    public async Task A_trailer_that_was_changed_is_refused()
    {
        var changed = DocumentedTrailer.Replace("sOO8", "sOO9", StringComparison.Ordinal);
        var error = await Should.ThrowAsync<AwsException>(() => ReadAsync(changed, Chain(TrailerSeed)));
        error.Code.ShouldBe("SignatureDoesNotMatch");
    }

    [Fact]
    public void A_chain_signs_what_it_verifies()
    {
        var chain = Chain(Seed);
        chain.Chunk(SHA256.HashData(Encoding.ASCII.GetBytes(Big))).ShouldStartWith("ad80c730");
        chain.Chunk(SHA256.HashData(Encoding.ASCII.GetBytes(Small))).ShouldStartWith("0055627c");
        chain.Chunk(SHA256.HashData([])).ShouldStartWith("b6c6ea8a");
    }

    private static ChunkSignatures Chain(string seed) => new(seed, Date, Scope, Secret);

    private static async Task<(string Text, IReadOnlyDictionary<string, string> Trailers)> ReadAsync(
        string body,
        ChunkSignatures? signatures,
        int step = 10_000
    )
    {
        await using var decoded = new AwsChunkedStream(new CutStream(Encoding.ASCII.GetBytes(body), step), signatures);
        using var text = new MemoryStream();
        await decoded.CopyToAsync(text);
        return (Encoding.ASCII.GetString(text.ToArray()), decoded.Trailers);
    }

    /// <summary>Returns at most this many bytes per read, like a network.</summary>
    private sealed class CutStream(byte[] bytes, int step) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(step, buffer.Length)], cancellationToken);
    }
}
