using Plumbline.Aws.Formats;
using Plumbline.LocalCloud.Processes.Jobs;

namespace Plumbline.LocalCloud.Tests.Processes;

public sealed class S3HttpAddressTests
{
    [Theory]
    [InlineData("https://models.s3.amazonaws.com/a/m.tar.gz")]
    [InlineData("https://models.s3-us-east-1.amazonaws.com/a/m.tar.gz")]
    [InlineData("https://models.s3.us-east-1.amazonaws.com/a/m.tar.gz")]
    [InlineData("https://models.s3.dualstack.eu-west-1.amazonaws.com/a/m.tar.gz")]
    [InlineData("https://s3.amazonaws.com/models/a/m.tar.gz")]
    [InlineData("https://s3-us-west-2.amazonaws.com/models/a/m.tar.gz")]
    [InlineData("https://s3.us-west-2.amazonaws.com/models/a/m.tar.gz")]
    [InlineData("https://s3.cn-north-1.amazonaws.com.cn/models/a/m.tar.gz")]
    [InlineData("https://127.0.0.1:4570/models/a/m.tar.gz")]
    [InlineData("http://localhost:4570/models/a/m.tar.gz")]
    public void Every_form_of_an_address_names_the_object(string address) =>
        S3HttpAddress.TryParse(address).ShouldBe(new S3Uri("models", "a/m.tar.gz"));

    [Fact]
    public void A_key_is_decoded_and_a_bucket_may_have_dots() =>
        S3HttpAddress
            .TryParse("https://my.own.models.s3.us-east-1.amazonaws.com/a%20b/m+1.tar.gz")
            .ShouldBe(new S3Uri("my.own.models", "a b/m+1.tar.gz"));

    [Theory]
    [InlineData("https://example.com/models/m.tar.gz")]
    [InlineData("https://evil-s3.amazonaws.com.example.com/models/m.tar.gz")]
    [InlineData("s3://models/m.tar.gz")]
    [InlineData("https://s3.amazonaws.com/models")]
    [InlineData("not an address")]
    public void Other_addresses_are_not_S3s(string address) => S3HttpAddress.TryParse(address).ShouldBeNull();
}
