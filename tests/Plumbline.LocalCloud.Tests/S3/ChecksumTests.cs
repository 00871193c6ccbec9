using System.Net;
using System.Security.Cryptography;
using System.Text;
using Plumbline.LocalCloud.Services.S3.Checksums;
using Plumbline.LocalCloud.Tests.Gateway;

namespace Plumbline.LocalCloud.Tests.S3;

public sealed class ChecksumTests(RunningCloud cloud) : IClassFixture<RunningCloud>
{
    private const string Text = "123456789";

    /// <summary>The check values of the CRC catalogue, and the output of sha1sum and sha256sum.</summary>
    [Theory]
    [InlineData("CRC32", "CBF43926")]
    [InlineData("CRC32C", "E3069283")]
    [InlineData("CRC64NVME", "AE8B14860A799888")]
    [InlineData("SHA1", "F7C3BC1D808E04732ADF679965CCC34CA7AE3441")]
    [InlineData("SHA256", "15E2B0D3C33891EBB0F1EF609EC419420C20E320CE94C65FBC8C3312448EB225")]
    public void Each_algorithm_has_its_known_value_however_the_bytes_come(string algorithm, string hex)
    {
        for (var split = 0; split <= Text.Length; split++)
        {
            using var checksum = IncrementalChecksum.Of(algorithm);
            checksum.Append(Encoding.ASCII.GetBytes(Text[..split]));
            checksum.Append(Encoding.ASCII.GetBytes(Text[split..]));
            Convert.ToHexString(checksum.Finish()).ShouldBe(hex);
        }
    }

    [Theory]
    [InlineData("CRC32")]
    [InlineData("CRC64NVME")]
    public void Eight_bytes_at_a_time_are_as_one_at_a_time(string algorithm)
    {
        var bytes = RandomNumberGenerator.GetBytes(1003);
        using var whole = IncrementalChecksum.Of(algorithm);
        using var single = IncrementalChecksum.Of(algorithm);
        whole.Append(bytes);
        foreach (var value in bytes)
        {
            single.Append([value]);
        }

        whole.Finish().ShouldBe(single.Finish());
    }

    [Theory]
    [InlineData("crc32", "y/Q5Jg==")]
    [InlineData("crc32c", "4waSgw==")]
    [InlineData("crc64nvme", "rosUhgp5mIg=")]
    [InlineData("sha1", "98O8HYCOBHMq32eZZczDTKeuNEE=")]
    [InlineData("sha256", "FeKw08M4keuw8e9gnsQZQgwg4yDOlMZfvIwzEkSOsiU=")]
    public async Task A_checksum_is_verified_kept_and_given_back(string algorithm, string value)
    {
        using var bucket = await S3Bucket.CreateAsync(cloud);
        var header = $"x-amz-checksum-{algorithm}";
        HttpResponseMessage? answer = null;
        var requests = new SignedRequests(cloud.Host) { Service = "s3", Answered = message => answer = message };
        await requests.SendAsync("PUT", $"/{bucket.Name}/k", Text, new() { [header] = value });
        answer!.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Headers.GetValues(header).ShouldBe([value]);

        await requests.SendAsync("GET", $"/{bucket.Name}/k", headers: new() { ["x-amz-checksum-mode"] = "ENABLED" });
        answer.Headers.GetValues(header).ShouldBe([value]);
        answer.Headers.GetValues("x-amz-checksum-type").ShouldBe(["FULL_OBJECT"]);
        await requests.SendAsync("GET", $"/{bucket.Name}/k");
        answer.Headers.Contains(header).ShouldBeFalse();
    }

    [Theory]
    [InlineData("CRC32")]
    [InlineData("CRC64NVME")]
    public void Folded_bytes_are_as_one_at_a_time_whatever_their_number(string algorithm)
    {
        var bytes = RandomNumberGenerator.GetBytes(700);
        for (var length = 0; length < bytes.Length; length++)
        {
            using var whole = IncrementalChecksum.Of(algorithm);
            using var single = IncrementalChecksum.Of(algorithm);
            whole.Append(bytes.AsSpan(0, length / 3));
            whole.Append(bytes.AsSpan(length / 3, length - (length / 3)));
            for (var at = 0; at < length; at++)
            {
                single.Append([bytes[at]]);
            }

            whole.Finish().ShouldBe(single.Finish(), $"{length} bytes");
        }
    }

    [Fact]
    public async Task An_object_without_a_checksum_gets_one()
    {
        using var bucket = await S3Bucket.CreateAsync(cloud);
        HttpResponseMessage? answer = null;
        var requests = new SignedRequests(cloud.Host) { Service = "s3", Answered = message => answer = message };
        await requests.SendAsync("PUT", $"/{bucket.Name}/k", Text);
        answer!.Headers.GetValues("x-amz-checksum-crc64nvme").ShouldBe(["rosUhgp5mIg="]);
        answer.Headers.GetValues("x-amz-checksum-type").ShouldBe(["FULL_OBJECT"]);
        var entry = (await bucket.Client.ListObjectsV2Async(new() { BucketName = bucket.Name })).S3Objects.Single();
        entry.ChecksumAlgorithm.ShouldBe(["CRC64NVME"]);
    }

    [Fact]
    public async Task A_wrong_md5_is_told_with_the_right_one()
    {
        using var bucket = await S3Bucket.CreateAsync(cloud);
        var requests = new SignedRequests(cloud.Host) { Service = "s3" };
        var (_, body) = await requests.SendAsync(
            "PUT",
            $"/{bucket.Name}/k",
            Text,
            new() { ["Content-MD5"] = "AAAAAAAAAAAAAAAAAAAAAA==" }
        );
        body.ShouldContain("<ExpectedDigest>00000000000000000000000000000000</ExpectedDigest>");
        var right = Convert.ToBase64String(Convert.FromHexString(S3Bucket.Md5(Encoding.ASCII.GetBytes(Text))));
        body.ShouldContain($"<CalculatedDigest>{right}</CalculatedDigest>");
    }

    [Theory]
    [InlineData("x-amz-checksum-crc32", "AAAAAA==", "BadDigest")]
    [InlineData("x-amz-checksum-crc32", "short", "InvalidRequest")]
    [InlineData("Content-MD5", "AAAAAAAAAAAAAAAAAAAAAA==", "BadDigest")]
    [InlineData("Content-MD5", "short", "InvalidDigest")]
    [InlineData("x-amz-checksum-xxhash64", "AAAAAAAAAAA=", "NotImplemented")]
    public async Task What_does_not_fit_its_checksum_is_refused_and_not_kept(string header, string value, string code)
    {
        using var bucket = await S3Bucket.CreateAsync(cloud);
        var requests = new SignedRequests(cloud.Host) { Service = "s3" };
        var (_, body) = await requests.SendAsync("PUT", $"/{bucket.Name}/k", Text, new() { [header] = value });
        body.ShouldContain($"<Code>{code}</Code>");
        (await bucket.KeysAsync()).ShouldBeEmpty();
    }
}
