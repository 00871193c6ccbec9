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
