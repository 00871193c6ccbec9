using System.Diagnostics;
using Plumbline.Aws.Codecs;
using Plumbline.Aws.Models;
using Plumbline.Aws.Protocols;
using Plumbline.Testing;

namespace Plumbline.Aws.Tests.Models;

public sealed class ServiceModelTests
{
    [Fact]
    public void Each_model_is_there_with_its_operations_and_without_documentation()
    {
        foreach (var id in ServiceModel.Ids)
        {
            var model = ServiceModel.For(id);
            model.Operations.ShouldNotBeEmpty(id);
            model.ShouldBeSameAs(ServiceModel.For(id));
            File.ReadAllText(Repository.Path("src", "Plumbline.Aws", "Models", $"{id}.json"))
                .ShouldNotContain("\"documentation\":\"");
        }
    }

    [Fact]
    public void A_model_that_is_not_there_is_named() =>
        Should.Throw<ArgumentException>(() => ServiceModel.For("dynamodb")).Message.ShouldContain("'dynamodb'");

    [Fact]
    public void SageMaker_and_its_runtime_share_a_signing_name()
    {
        ServiceModel.For("sagemaker").SigningName.ShouldBe("sagemaker");
        ServiceModel.For("sagemaker-runtime").SigningName.ShouldBe("sagemaker");
        ServiceModel.For("sagemaker").TargetPrefix.ShouldBe("SageMaker");
    }

    [Fact]
    public void The_bodies_of_an_object_and_of_an_inference_stream()
    {
        ServiceModel.For("s3").Operations["PutObject"].StreamingInput.ShouldBe("Body");
        ServiceModel.For("s3").Operations["GetObject"].StreamingOutput.ShouldBe("Body");
        ServiceModel.For("sagemaker-runtime").Operations["InvokeEndpoint"].StreamingInput.ShouldBe("Body");
        ServiceModel.For("sagemaker-runtime").Operations["InvokeEndpoint"].StreamingOutput.ShouldBe("Body");
        ServiceModel.For("s3").Operations["DeleteObjects"].StreamingInput.ShouldBeNull();
    }

    [Fact]
    public void CloudWatch_is_spoken_in_three_protocols_and_JSON_is_preferred()
    {
        var model = ServiceModel.For("monitoring");
        model.Protocols.ShouldBe(["smithy-rpc-v2-cbor", "json", "query"]);
        CodecTable.For(model).ShouldBeSameAs(CodecTable.For(model, "json"));
    }

    [PythonFact("botocore")]
    public void The_models_and_clients_are_what_the_tool_writes()
    {
        var tool = Repository.Path("tools", "ApiModels", "apimodels.py");
        var version = Run("-c", "import botocore; print(botocore.__version__)");
        if (
            version.Output.Trim()
            != File.ReadAllText(Repository.Path("tools", "ApiModels", "botocore-version.txt")).Trim()
        )
        {
            return; // another botocore has other operations; the models belong to the recorded version
        }

        var check = Run(tool, "--check");
        check.Code.ShouldBe(0, check.Output);
    }

    private static (int Code, string Output) Run(params string[] arguments)
    {
        var start = new ProcessStartInfo("python3", arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync().InTimeAsync().GetAwaiter().GetResult();
        return (process.End(), output + errors.Result);
    }
}
