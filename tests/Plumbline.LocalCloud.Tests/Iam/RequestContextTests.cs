using System.Text.Json.Nodes;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.Identity;
using Plumbline.LocalCloud.Services.Iam.Authorization;

namespace Plumbline.LocalCloud.Tests.Iam;

public sealed class RequestContextTests
{
    private const string Training = """
        {"ResourceConfig":{"InstanceType":"ml.m5.large","VolumeKmsKeyId":"arn:aws:kms:us-east-1:000000000000:key/volume"},
         "OutputDataConfig":{"S3OutputPath":"s3://b/o","KmsKeyId":"arn:aws:kms:us-east-1:000000000000:key/output"},
         "VpcConfig":{"Subnets":["subnet-1","subnet-2"],"SecurityGroupIds":["sg-1"]},"EnableNetworkIsolation":true,
         "EnableInterContainerTrafficEncryption":false,"StoppingCondition":{"MaxRuntimeInSeconds":60}}
        """;

    private const string Processing = """
        {"ProcessingResources":{"ClusterConfig":{"InstanceType":"ml.m5.large","VolumeKmsKeyId":"arn:aws:kms:us-east-1:000000000000:key/volume"}},
         "ProcessingOutputConfig":{"KmsKeyId":"arn:aws:kms:us-east-1:000000000000:key/output"},
         "NetworkConfig":{"EnableNetworkIsolation":true,"EnableInterContainerTrafficEncryption":false,
            "VpcConfig":{"Subnets":["subnet-1","subnet-2"],"SecurityGroupIds":["sg-1"]}},
         "StoppingCondition":{"MaxRuntimeInSeconds":60}}
        """;

    [Theory]
    [InlineData(Training)]
    [InlineData(Processing)]
    public void A_jobs_network_keys_and_sizes_are_condition_keys(string request)
    {
        var keys = RequestContext.Of(
            Caller.OfRole("role/any", "session"),
            "sagemaker",
            JsonNode.Parse(request)!.AsObject()
        );

        keys["sagemaker:InstanceTypes"].ShouldBe(["ml.m5.large"]);
        keys["sagemaker:VpcSubnets"].ShouldBe(["subnet-1", "subnet-2"]);
        keys["sagemaker:VpcSecurityGroupIds"].ShouldBe(["sg-1"]);
        keys["sagemaker:VolumeKmsKey"].ShouldBe(["arn:aws:kms:us-east-1:000000000000:key/volume"]);
        keys["sagemaker:OutputKmsKey"].ShouldBe(["arn:aws:kms:us-east-1:000000000000:key/output"]);
        keys["sagemaker:NetworkIsolation"].ShouldBe(["true"]);
        keys["sagemaker:InterContainerTrafficEncryption"].ShouldBe(["false"]);
        keys["sagemaker:MaxRuntimeInSeconds"].ShouldBe(["60"]);
    }

    [Fact]
    public void A_service_that_takes_a_role_says_for_which_resource()
    {
        const string Job = "arn:aws:sagemaker:us-east-1:000000000000:training-job/one";

        var keys = RequestContext.OfService("sagemaker.amazonaws.com", Job);

        keys["aws:SourceArn"].ShouldBe([Job]);
        keys["aws:SourceAccount"].ShouldBe(["000000000000"]);
        keys["aws:PrincipalServiceName"].ShouldBe(["sagemaker.amazonaws.com"]);
        keys.ShouldNotContainKey("aws:PrincipalArn");
    }
}
