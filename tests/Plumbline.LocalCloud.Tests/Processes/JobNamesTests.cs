using Plumbline.Aws.Formats;
using Plumbline.LocalCloud.Processes;
using Plumbline.LocalCloud.Processes.Images;
using Plumbline.LocalCloud.Processes.Jobs;

namespace Plumbline.LocalCloud.Tests.Processes;

public sealed class JobNamesTests
{
    [Theory]
    [InlineData("data/train", "data/train/a.csv", "a.csv")]
    [InlineData("data/train/", "data/train/x/a.csv", "x/a.csv")]
    [InlineData("data/train/a.csv", "data/train/a.csv", "a.csv")]
    [InlineData("data/tr", "data/train/a.csv", "train/a.csv")]
    [InlineData("data/tr", "data/tr-1.csv", "tr-1.csv")]
    [InlineData("", "a.csv", "a.csv")]
    public void A_file_is_named_by_what_follows_its_prefix(string prefix, string key, string name) =>
        JobInputs.NameBelow(prefix, key).ShouldBe(name);

    [Theory]
    [InlineData("*/plumbline-jobs:*", "000000000000.dkr.ecr.us-east-1.amazonaws.com/plumbline-jobs:latest", true)]
    [InlineData("*/plumbline-jobs:*", "host/plumbline-jobs-x:latest", false)]
    [InlineData("*pytorch*training*", "763104351884.dkr.ecr.us-east-1.amazonaws.com/pytorch-training:2.0", true)]
    [InlineData("ab*ba", "aba", false)]
    [InlineData("exact", "exact", true)]
    [InlineData("exact", "exactly", false)]
    public void An_image_is_matched_by_its_glob(string glob, string image, bool matches) =>
        ImageTable.Matches(glob, image).ShouldBe(matches);

    [Theory]
    [InlineData("s3://bucket/a/b", "bucket", "a/b")]
    [InlineData("s3://bucket", "bucket", "")]
    [InlineData("s3://bucket/", "bucket", "")]
    public void An_S3_URI_has_a_bucket_and_a_key(string uri, string bucket, string key) =>
        JobUri.Parse(uri).ShouldBe(new S3Uri(bucket, key));

    [Theory]
    [InlineData("https://bucket/key")]
    [InlineData("s3:///key")]
    [InlineData(null)]
    public void What_is_no_S3_URI_is_refused(string? uri) => Should.Throw<JobFailure>(() => JobUri.Parse(uri));
}
