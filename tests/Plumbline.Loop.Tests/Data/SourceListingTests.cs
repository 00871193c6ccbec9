using Amazon.S3.Model;
using Plumbline.Loop.Data;
using Plumbline.Records;
using Plumbline.Records.Data;
using Plumbline.Records.Project;
using Plumbline.Tables;
using Plumbline.Testing;

namespace Plumbline.Loop.Tests.Data;

/// <summary>Base data in the buckets of a real local cloud.</summary>
public sealed class SourceListingTests() : CloudBuckets("feed")
{
    [Fact]
    public async Task The_tables_below_a_prefix_are_listed_by_their_keys_and_other_objects_are_not()
    {
        foreach (
            var key in (string[])
                [
                    "d/b.csv",
                    "d/a.jsonl.gz",
                    "d/2026/c.parquet",
                    "d/_SUCCESS",
                    "d/.part.crc",
                    "d/readme.md",
                    "d.csv",
                    "e/x.csv",
                ]
        )
        {
            await PutAsync(key, "x");
        }
        await PutAsync("d/", "");
        (await KeysAsync("s3://feed/d/")).ShouldBe(["d/2026/c.parquet", "d/a.jsonl.gz", "d/b.csv"]);
        (await KeysAsync("s3://feed/d.csv")).ShouldBe(["d.csv"]);
        (await KeysAsync("s3://feed/e/", "s3://feed/d/b.csv", "s3://feed/d/b")).ShouldBe(["e/x.csv", "d/b.csv"]);
        (await KeysAsync(SourceFormat.Csv, "s3://feed/d/")).ShouldContain("d/readme.md");
        (await KeysAsync("s3://feed")).Count.ShouldBe(5);
    }

    [Fact]
    public async Task A_location_without_tables_is_named()
    {
        await PutAsync("notes/a.md", "x");
        await PutAsync("empty/a.csv", "");
        (await ProblemAsync("s3://feed/none/")).ShouldBe(
            "s3://feed/none/: there is no such object, and no object below this prefix"
        );
        (await ProblemAsync("s3://feed/notes/")).ShouldStartWith("s3://feed/notes/: none of its 1 object ends in .csv");
        (await ProblemAsync("s3://feed/empty/")).ShouldBe(
            "s3://feed/empty/a.csv: the object is empty (0 bytes): remove it, or write it again"
        );
        (await ProblemAsync("s3://no-such-bucket/x/")).ShouldBe(
            "s3://no-such-bucket/x/: the bucket no-such-bucket does not exist"
        );
    }

    [Fact]
    public async Task A_missing_permission_is_named()
    {
        await S3.PutBucketPolicyAsync(
            new PutBucketPolicyRequest
            {
                BucketName = "feed",
                Policy = """
                {"Version":"2012-10-17","Statement":[{"Effect":"Deny","Principal":"*","Action":"s3:ListBucket",
                "Resource":"arn:aws:s3:::feed"}]}
                """,
            }
        );
        (await ProblemAsync("s3://feed/d/")).ShouldBe(
            "s3://feed/d/: may not be read (AccessDenied): s3:ListBucket for the bucket feed, and s3:GetObject for its objects, are needed"
        );
    }

    [Fact]
    public async Task An_object_that_may_be_listed_but_not_read_is_named()
    {
        await PutAsync("d/a.csv", "left,x\n0,1\n");
        await S3.PutBucketPolicyAsync(
            new PutBucketPolicyRequest
            {
                BucketName = "feed",
                Policy = """
                {"Version":"2012-10-17","Statement":[{"Effect":"Deny","Principal":"*","Action":"s3:GetObject",
                "Resource":"arn:aws:s3:::feed/*"}]}
                """,
            }
        );
        var files = await BaseSource.OpenAsync(
            new DataDescription { Sources = ["s3://feed/d/"] },
            [],
            () => S3,
            CancellationToken.None
        );
        Should
            .Throw<UserError>(() => TableInspection.Read(files, "left"))
            .Message.ShouldStartWith(
                "s3://feed/d/a.csv: may not be read (AccessDenied): s3:ListBucket for the bucket feed"
            );
    }

    [Fact]
    public async Task A_person_sees_the_columns_of_objects_in_S3()
    {
        await PutGzippedAsync(
            "feed",
            "people/1.jsonl.gz",
            string.Concat(
                Enumerable
                    .Range(0, 50)
                    .Select(i => $"{{\"left\":\"{i % 2}\",\"city\":\"{(i % 3 == 0 ? "Bern" : "Ulm")}\",\"age\":{i}}}\n")
            )
        );
        // More than one block of a read.
        await PutAsync(
            "people/2.csv",
            "left,city,age\n" + string.Concat(Enumerable.Range(0, 400_000).Select(i => $"{i % 2},Basel,{i}.5\n"))
        );
        var files = await BaseSource.OpenAsync(
            new DataDescription { Sources = ["s3://feed/people/"] },
            [],
            () => S3,
            CancellationToken.None
        );
        var inspection = TableInspection.Read(files, "left");
        inspection.Label.Rows.ShouldBe(400_050);
        inspection
            .Kinds()
            .ShouldBe([("city", (ColumnKind?)ColumnKind.Category), ("age", (ColumnKind?)ColumnKind.Number)]);
        TableInspection.Read(files, "left", 100).Label.Rows.ShouldBe(100);
        inspection.Labels("people").ShouldBe(["0", "1"]);
    }

    private Task<List<string>> KeysAsync(params string[] locations) => KeysAsync(null, locations);

    private async Task<List<string>> KeysAsync(SourceFormat? format, params string[] locations) =>
        [
            .. (
                await SourceListing.OfAsync(
                    S3,
                    new DataDescription { Sources = locations, Format = format },
                    CancellationToken.None
                )
            ).Select(one => one.Uri["s3://feed/".Length..]),
        ];

    private async Task<string> ProblemAsync(string location) =>
        (await Should.ThrowAsync<UserError>(() => KeysAsync(location))).Message;

    private Task PutAsync(string key, string text) => PutAsync("feed", key, text);
}
