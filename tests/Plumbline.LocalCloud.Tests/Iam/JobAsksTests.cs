using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;
using Plumbline.LocalCloud.Tests.SageMaker.Jobs;

namespace Plumbline.LocalCloud.Tests.Iam;

/// <summary>
/// The actions that SageMaker takes for a job with its role, and the job's failure if the role lacks a permission.
/// </summary>
[Collection("processes")]
public sealed class JobAsksTests(JobCloud cloud) : IClassFixture<JobCloud>
{
    private const string NoPull =
        "ClientError: Cannot pull algorithm container. Either the image does not exist or its permissions are incorrect. (User: ";

    private readonly Roles roles = new(cloud.CallAsync);

    public static TheoryData<string, string, string> Rights =>
        new()
        {
            {
                "s3:ListBucket",
                "ClientError: Data download failed: Failed to download data. ListObjectsV2 failed for s3://job-tests/given (AccessDenied: User: ",
                " on resource: \"arn:aws:s3:::job-tests\" because no identity-based policy allows the s3:ListBucket action)"
            },
            {
                "s3:GetObject",
                "ClientError: Data download failed: Unable to download object s3://job-tests/given/1 (AccessDenied: User: ",
                " on resource: \"arn:aws:s3:::job-tests/given/1\" because no identity-based policy allows the s3:GetObject action)"
            },
            {
                "ecr:GetAuthorizationToken",
                NoPull,
                " because no identity-based policy allows the ecr:GetAuthorizationToken action)"
            },
            {
                "ecr:BatchGetImage",
                NoPull,
                " on resource: arn:aws:ecr:us-east-1:000000000000:repository/shell because"
            },
            {
                "ecr:GetDownloadUrlForLayer",
                NoPull,
                " on resource: arn:aws:ecr:us-east-1:000000000000:repository/shell because"
            },
            {
                "ecr:BatchCheckLayerAvailability",
                NoPull,
                " on resource: arn:aws:ecr:us-east-1:000000000000:repository/shell because"
            },
            {
                "s3:PutObject",
                "ClientError: Artifact upload failed: s3://job-tests/",
                " because no identity-based policy allows the s3:PutObject action"
            },
        };

    [Theory]
    [MemberData(nameof(Rights))]
    public async Task A_training_job_whose_role_lacks_one_right_fails_in_AWSs_words(
        string right,
        string begin,
        string end
    )
    {
        var name = NameOf("train", right);
        var role = await roles.AllowAllButAsync(name, right);

        var job = await cloud.TrainAsync(await TrainingAsync(name, role));

        job.Text("TrainingJobStatus").ShouldBe("Failed");
        ShouldSay(job, name, right, begin, end);
    }

    [Theory]
    [MemberData(nameof(Rights))]
    public async Task A_processing_job_whose_role_lacks_one_right_fails_in_AWSs_words(
        string right,
        string begin,
        string end
    )
    {
        var name = NameOf("process", right);
        var role = await roles.AllowAllButAsync(name, right);

        var job = await cloud.ProcessAsync(await ProcessingAsync(name, role));

        job.Text("ProcessingJobStatus").ShouldBe("Failed");
        ShouldSay(job, name, right, begin, end);
    }

    [Fact]
    public async Task With_these_rights_both_jobs_go_on()
    {
        var role = await roles.AllowAsync("enough", [.. Rights.Select(row => (string)row[0]), "logs:*"]);

        (await cloud.TrainAsync(await TrainingAsync("enough-train", role)))
            .Text("TrainingJobStatus")
            .ShouldBe("Completed");
        (await cloud.ProcessAsync(await ProcessingAsync("enough-process", role)))
            .Text("ProcessingJobStatus")
            .ShouldBe("Completed");
        (await cloud.GetTextAsync("results/enough-process/result")).ShouldBe("1");
        (await cloud.TrainingLogAsync("enough-train")).ShouldBe(["printed"]);
    }

    [Theory]
    [InlineData("logs:CreateLogGroup")]
    [InlineData("logs:CreateLogStream")]
    [InlineData("logs:PutLogEvents")]
    public async Task A_job_whose_role_may_not_write_its_log_completes_without_one(string right)
    {
        var name = NameOf("silent", right);
        var role = await roles.AllowAllButAsync(name, right);

        var job = await cloud.TrainAsync(await TrainingAsync(name, role));

        job.Text("TrainingJobStatus").ShouldBe("Completed", job.ToJsonString());
        (await cloud.TrainingLogAsyncOrNone(name)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("s3:ListBucket", "Failed to download data. ListObjectsV2 failed for s3://job-tests/kept (")]
    [InlineData("s3:GetObject", "Unable to download object s3://job-tests/kept/state (")]
    [InlineData("s3:PutObject", "Artifact upload failed: s3://job-tests/kept/more: ")]
    public async Task Checkpoints_are_read_and_written_in_the_name_of_the_jobs_role(string right, string words)
    {
        await cloud.PutAsync("kept/state", "s");
        var name = NameOf("kept", right);
        var request = JobCloud.Training(name, "echo more >/opt/ml/checkpoints/more");
        request["RoleArn"] = await roles.AllowAllButAsync(name, right);
        request["CheckpointConfig"] = new JsonObject { ["S3Uri"] = $"s3://{JobCloud.Bucket}/kept" };

        var job = await cloud.TrainAsync(request);

        job.Text("TrainingJobStatus").ShouldBe("Failed");
        job.Text("FailureReason")!.ShouldContain(words);
    }

    [Fact]
    public async Task A_manifest_names_its_objects_so_that_its_job_needs_no_right_to_list()
    {
        await cloud.PutAsync("named/1", "1");
        await cloud.PutAsync("named/manifest", """[{"prefix":"s3://job-tests/named/"},"1"]""");
        var request = await TrainingAsync("by-manifest", await roles.AllowAllButAsync("by-manifest", "s3:ListBucket"));
        var source = request["InputDataConfig"]![0]!["DataSource"]!["S3DataSource"]!;
        source["S3DataType"] = "ManifestFile";
        source["S3Uri"] = "s3://job-tests/named/manifest";

        var job = await cloud.TrainAsync(request);

        job.Text("TrainingJobStatus").ShouldBe("Completed", job.ToJsonString());
    }

    [Fact]
    public async Task A_script_is_fetched_in_the_name_of_the_jobs_role()
    {
        await cloud.PutAsync("code/source.tar.gz", "x");
        var request = Script("of-script", await roles.AllowAllButAsync("of-script", "s3:GetObject"));

        var job = await cloud.TrainAsync(request);

        job.Text("FailureReason")!.ShouldContain("Unable to download object s3://job-tests/code/source.tar.gz (");
    }

    [Fact]
    public async Task An_image_of_AWSs_own_registry_has_to_be_allowed_there()
    {
        var role = await roles.PutAsync(
            "own-images",
            """
            {"Effect":"Allow","NotAction":"ecr:BatchGetImage","Resource":"*"},
            {"Effect":"Allow","Action":"ecr:BatchGetImage","Resource":"arn:aws:ecr:*:000000000000:repository/*"}
            """
        );

        var job = await cloud.TrainAsync(Script("own-images", role));

        job.Text("FailureReason")!
            .ShouldContain(
                "ecr:BatchGetImage on resource: arn:aws:ecr:us-east-1:763104351884:repository/pytorch-training because"
            );
    }

    private static string NameOf(string kind, string right) => $"{kind}-{right.Replace(':', '-')}";

    private static void ShouldSay(JsonObject job, string name, string right, string begin, string end)
    {
        var reason = job.Text("FailureReason")!;
        reason.ShouldStartWith(begin);
        reason.ShouldContain(
            $"User: arn:aws:sts::000000000000:assumed-role/{name}/{name} is not authorized to perform: {right}"
        );
        reason.ShouldContain(end);
    }

    private async Task<JsonObject> TrainingAsync(string name, string role)
    {
        await cloud.PutAsync("given/1", "1");
        return JobCloud.Training(
            name,
            "echo printed; cp /opt/ml/input/data/given/1 /opt/ml/model/result",
            request =>
            {
                request["RoleArn"] = role;
                request["InputDataConfig"] = new JsonArray(JobCloud.Channel("given", "given"));
            }
        );
    }

    private async Task<JsonObject> ProcessingAsync(string name, string role)
    {
        await cloud.PutAsync("given/1", "1");
        return JobCloud.Processing(
            name,
            "cp /opt/ml/processing/given/1 /opt/ml/processing/results/result",
            request =>
            {
                request["RoleArn"] = role;
                request["ProcessingInputs"] = JsonNode.Parse(
                    """
                    [{"InputName":"given","S3Input":{"S3Uri":"s3://job-tests/given","LocalPath":"/opt/ml/processing/given","S3DataType":"S3Prefix","S3InputMode":"File"}}]
                    """
                );
                request["ProcessingOutputConfig"] = JsonNode.Parse(
                    $$$"""
                    {"Outputs":[{"OutputName":"results","S3Output":{"S3Uri":"s3://job-tests/results/{{{name}}}","LocalPath":"/opt/ml/processing/results","S3UploadMode":"EndOfJob"}}]}
                    """
                );
            }
        );
    }

    private static JsonObject Script(string name, string role) =>
        JobCloud.Training(
            name,
            "",
            request =>
            {
                request["RoleArn"] = role;
                request["AlgorithmSpecification"] = new JsonObject
                {
                    ["TrainingImage"] = "763104351884.dkr.ecr.us-east-1.amazonaws.com/pytorch-training:2.6.0-cpu-py312",
                    ["TrainingInputMode"] = "File",
                };
                request["HyperParameters"] = new JsonObject
                {
                    ["sagemaker_program"] = "train.py",
                    ["sagemaker_submit_directory"] = "s3://job-tests/code/source.tar.gz",
                };
            }
        );
}
