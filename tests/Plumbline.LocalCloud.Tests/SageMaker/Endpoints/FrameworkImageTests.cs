using System.Formats.Tar;
using System.IO.Compression;
using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;
using Plumbline.Testing;

namespace Plumbline.LocalCloud.Tests.SageMaker.Endpoints;

/// <summary>Models in the form that the SageMaker SDK makes for AWS's framework images.</summary>
[Collection("processes")]
public sealed class FrameworkImageTests(EndpointCloud cloud) : IClassFixture<EndpointCloud>
{
    [Fact]
    public async Task A_repacked_model_is_served_by_code_that_lies_apart()
    {
        await cloud.PutModelAsync("repacked.tar.gz", Repacked(("greeting.txt", "hello")));
        await cloud.PutModelAsync(
            "sourcedir.tar.gz",
            EndpointCloud.Archive(
                (
                    "main.py",
                    """
                    def model_fn(model_dir, context):
                        return open(model_dir + "/greeting.txt").read()

                    def transform_fn(model, body, content_type, accept):
                        return f"{model} {body} {content_type}", "text/plain"
                    """
                )
            )
        );

        await ServeAsync(
            "apart",
            $"https://{EndpointCloud.Bucket}.s3-us-east-1.amazonaws.com/repacked.tar.gz",
            ("SAGEMAKER_PROGRAM", "main.py"),
            ("SAGEMAKER_SUBMIT_DIRECTORY", $"s3://{EndpointCloud.Bucket}/sourcedir.tar.gz")
        );

        (await cloud.SettledAsync("apart")).Text("FailureReason").ShouldBeNull();
        (await cloud.AskAsync("apart", "you")).ShouldBe("hello you text/csv");
    }

    [Fact]
    public async Task A_server_that_does_not_come_up_says_why()
    {
        await cloud.PutModelAsync("no-handler.tar.gz", EndpointCloud.Archive(("model.joblib", "x")));

        await ServeAsync("no-handler", Url("no-handler"), ("SAGEMAKER_PROGRAM", "main.py"));

        var reason = (await cloud.SettledAsync("no-handler")).Text("FailureReason")!;
        reason.ShouldContain("did not pass the ping health check");
        reason.ShouldContain("Its log ends: No main.py (SAGEMAKER_PROGRAM) is in /opt/ml/model.");
    }

    [Fact]
    public async Task Code_that_is_not_there_is_named()
    {
        await cloud.PutModelAsync("lost-code.tar.gz", EndpointCloud.Archive(("model.joblib", "x")));

        await ServeAsync("lost-code", Url("lost-code"), ("SAGEMAKER_SUBMIT_DIRECTORY", "s3://models/nowhere.tar.gz"));

        (await cloud.SettledAsync("lost-code")).Text("FailureReason")!.ShouldContain("\"s3://models/nowhere.tar.gz\"");
    }

    [TorchFact]
    public async Task A_handler_with_model_fn_alone_gets_the_defaults_of_its_image()
    {
        await cloud.PutModelAsync(
            "defaults.tar.gz",
            EndpointCloud.Archive(
                (
                    "code/inference.py",
                    """
                    import torch

                    def model_fn(model_dir):
                        return torch.nn.Identity()
                    """
                )
            )
        );

        await ServeAsync("defaults", Url("defaults"));

        (await cloud.SettledAsync("defaults")).Text("FailureReason").ShouldBeNull();
        (await cloud.AskAsync("defaults", "1,2\n3,4\n")).ShouldBe("[[1.0, 2.0], [3.0, 4.0]]");
    }

    private static string Url(string name) => $"s3://{EndpointCloud.Bucket}/{name}.tar.gz";

    /// <summary>An archive that the SDK has packed again: its first entry is the root folder.</summary>
    private static byte[] Repacked(params IEnumerable<(string Name, string Text)> files)
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest))
        using (var tar = new TarWriter(gzip))
        {
            tar.WriteEntry(new PaxTarEntry(TarEntryType.Directory, "/"));
            foreach (var (name, text) in files)
            {
                var data = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text));
                tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = data });
            }
        }

        return bytes.ToArray();
    }

    private async Task ServeAsync(string name, string url, params IEnumerable<(string Name, string Value)> environment)
    {
        await cloud.ConfigureAsync(
            name,
            [("AllTraffic", name, 1)],
            change: model =>
                model["PrimaryContainer"] = new JsonObject
                {
                    ["Image"] = EndpointCloud.HandlerImage,
                    ["ModelDataUrl"] = url,
                    ["Environment"] = new JsonObject(
                        environment.Select(one => KeyValuePair.Create<string, JsonNode?>(one.Name, one.Value))
                    ),
                }
        );
        await cloud.SageMaker.CreateEndpointAsync(
            new JsonObject { ["EndpointName"] = name, ["EndpointConfigName"] = name }
        );
    }
}
