using Plumbline.Aws.Arns;

namespace Plumbline.Aws.Tests.Arns;

public sealed class ArnTests
{
    [Theory]
    [InlineData("arn:aws:sagemaker:us-east-1:000000000000:model-package/shapes/7", "model-package", "shapes/7")]
    [InlineData("arn:aws:sns:us-east-1:000000000000:alerts", "", "alerts")]
    [InlineData("arn:aws:logs:us-east-1:000000000000:log-group:/aws/x:*", "log-group", "/aws/x:*")]
    [InlineData("arn:aws:s3:::bucket/key", "bucket", "key")]
    public void It_is_read_and_written(string text, string type, string id)
    {
        var arn = Arn.Parse(text);
        arn.ToString().ShouldBe(text);
        arn.ResourceType.ShouldBe(type);
        arn.ResourceId.ShouldBe(id);
    }

    [Theory]
    [InlineData("arn:aws:sagemaker:us-east-1:000000000000:model-package/shapes/7", "7")]
    [InlineData("arn:aws:sagemaker:us-east-1:000000000000:pipeline/p/execution/abc", "abc")]
    [InlineData("arn:aws:iam::000000000000:role/service-role/jobs", "jobs")]
    [InlineData("arn:aws:sns:us-east-1:000000000000:alerts", "alerts")]
    [InlineData("jobs", "jobs")]
    [InlineData(null, null)]
    public void The_name_is_the_last_part(string? text, string? name) => Arn.NameOf(text).ShouldBe(name);

    [Theory]
    [InlineData("arn:aws:codebuild:us-east-1:000000000000:build/images:1-2", "images:1-2")]
    [InlineData("arn:aws:cloudwatch:us-east-1:000000000000:alarm:low/f1:now", "low/f1:now")]
    [InlineData("arn:aws:iam::000000000000:role/service-role/jobs", "service-role/jobs")]
    [InlineData("images:1-2", "images:1-2")]
    [InlineData("arn:images", "arn:images")]
    public void An_id_is_read_of_an_ARN_or_is_the_text(string text, string id) => Arn.IdOf(text).ShouldBe(id);

    [Theory]
    [InlineData("arn:aws:iam::000000000000:role/service-role/jobs", "jobs")]
    [InlineData("arn:aws:iam::000000000000:root", "arn:aws:iam::000000000000:root")]
    [InlineData("jobs", "jobs")]
    public void A_role_has_its_name_after_a_slash(string text, string name) => Arn.RoleNameOf(text).ShouldBe(name);

    [Theory]
    [InlineData("arn:aws:sts::000000000000:assumed-role/jobs/session", "jobs")]
    [InlineData("arn:aws:sts::000000000000:federated-user/anna", null)]
    [InlineData("arn:aws:iam::000000000000:role/jobs", null)]
    public void A_session_names_its_role(string text, string? role) => Arn.Parse(text).RoleOfSession.ShouldBe(role);

    [Theory]
    [InlineData("arn:aws:s3:::bucket", "bucket")]
    [InlineData("arn:aws:s3:::bucket/a/b", "bucket")]
    [InlineData("arn:aws:sns:us-east-1:000000000000:alerts", null)]
    public void A_bucket_is_read_of_its_own_ARN_and_its_objects(string text, string? bucket) =>
        S3Arn.BucketOf(text).ShouldBe(bucket);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("arn:aws:s3")]
    [InlineData("urn:aws:s3:::bucket")]
    [InlineData("arn:aws:s3:::")]
    public void What_is_not_one_is_refused(string? text) => Arn.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void One_is_made_of_its_parts() =>
        new Arn("sagemaker", "us-east-1", Arn.LocalAccount, "model/m")
            .ToString()
            .ShouldBe("arn:aws:sagemaker:us-east-1:000000000000:model/m");
}
