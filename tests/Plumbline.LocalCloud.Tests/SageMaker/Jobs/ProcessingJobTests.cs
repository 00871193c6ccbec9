using System.Text.Json;
using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;
using Plumbline.Testing;

namespace Plumbline.LocalCloud.Tests.SageMaker.Jobs;

[Collection("processes")]
public sealed class ProcessingJobTests(JobCloud cloud) : IClassFixture<JobCloud>
{
    [Fact]
    public async Task A_request_opens_no_folder_below_tmp_to_its_job()
    {
        using var secrets = new TemporaryFolder();
        var secret = secrets.At("secret");
        await File.WriteAllTextAsync(secret, "stolen");
        var request = JobCloud.Processing(
            "nosy",
            $"cat {secret} && echo read",
            job =>
            {
                job["Environment"] = new JsonObject
                {
                    ["PYTHONPATH"] = secrets.Path,
                    ["PATH"] = $"/usr/bin:{secrets.Path}",
                };
                job["AppSpecification"]!["ContainerArguments"] = new JsonArray(secret);
            }
        );

        var job = await cloud.ProcessAsync(request);

        job.Text("ProcessingJobStatus").ShouldBe("Failed");
        job.Text("FailureReason")!.ShouldContain("No such file or directory");
    }

    [Fact]
    public async Task Inputs_lie_where_the_request_says_and_outputs_land_in_S3()
    {
        await cloud.PutAsync("in/base/a.csv", "1\n");
        await cloud.PutAsync("in/more.csv", "2\n");
        const string Script = """
            cd /opt/ml/processing
            cat input/a.csv input/deeper/more.csv > output/report/sum.csv
            echo x >> input/a.csv; rm input/deeper/more.csv; mv input/a.csv input/b.csv; ls input
            mkdir output/report/sub; echo 3 > output/report/sub/c.csv
            printf 'all is well' > /opt/ml/output/message
            cat /opt/ml/config/processingjobconfig.json > output/report/config.json
            """;
        var request = JobCloud.Processing(
            "in-and-out",
            Script,
            job =>
            {
                job["ProcessingInputs"] = new JsonArray(
                    Input("more", "in/more.csv", "/opt/ml/processing/input/deeper"),
                    Input("base", "in/base/", "/opt/ml/processing/input")
                );
                job["ProcessingOutputConfig"] = Outputs(Output("report", "out/report", "EndOfJob"));
            }
        );

        var job = await cloud.ProcessAsync(request);

        job.Text("ProcessingJobStatus").ShouldBe("Completed", job.ToJsonString());
        job.Text("ExitMessage").ShouldBe("all is well");
        job.Time("ProcessingEndTime").ShouldNotBeNull();
        (await cloud.KeysAsync("out/report")).ShouldBe([
            "out/report/config.json",
            "out/report/sub/c.csv",
            "out/report/sum.csv",
        ]);
        (await cloud.GetTextAsync("out/report/sum.csv")).ShouldBe("1\n2\n");
        JsonNode.Parse(await cloud.GetTextAsync("out/report/config.json"))!["ProcessingJobName"]!
            .ToString()
            .ShouldBe("in-and-out");
        // The job deleted its inputs; the stored objects are unchanged.
        (await cloud.LogAsync("/aws/sagemaker/ProcessingJobs", "in-and-out")).ShouldBe(["b.csv", "deeper"]);
        (await cloud.GetTextAsync("in/base/a.csv")).ShouldBe("1\n");
        (await cloud.GetTextAsync("in/more.csv")).ShouldBe("2\n");
    }

    [Fact]
    public async Task An_input_whose_prefix_holds_nothing_fails_the_job_and_a_folder_that_is_there_does_not()
    {
        var request = JobCloud.Processing("nothing", "ls /opt/ml/processing/none");
        request["ProcessingInputs"] = new JsonArray(Input("none", "in/not-there", "/opt/ml/processing/none"));

        (await cloud.ProcessAsync(request))
            .Text("FailureReason")
            .ShouldBe(
                $"ClientError: Data download failed: No S3 objects found under S3 URL \"s3://{JobCloud.Bucket}/in/not-there\" given in input data source."
            );

        await cloud.PutAsync("in/empty/", "");
        request["ProcessingJobName"] = "empty";
        request["ProcessingInputs"] = new JsonArray(Input("none", "in/empty/", "/opt/ml/processing/none"));
        (await cloud.ProcessAsync(request)).Text("ProcessingJobStatus").ShouldBe("Completed");
    }

    [Fact]
    public async Task A_large_input_is_read_only_and_the_log_says_so()
    {
        await cloud.PutAsync("large/a.csv", new string('7', JobCloud.LargestCopiedInput + 1));
        await cloud.PutAsync("small/b.csv", "1\n");
        var request = JobCloud.Processing(
            "large",
            "cd /opt/ml/processing/input; echo x > a.csv || echo kept; rm a.csv || echo stayed; echo x > small/b.csv"
        );
        request["ProcessingInputs"] = new JsonArray(
            Input("all", "large/", "/opt/ml/processing/input"),
            Input("part", "small/", "/opt/ml/processing/input/small")
        );

        var job = await cloud.ProcessAsync(request);

        job.Text("ProcessingJobStatus").ShouldBe("Completed", job.ToJsonString());
        var log = await cloud.LogAsync("/aws/sagemaker/ProcessingJobs", "large");
        log[0].ShouldStartWith("NOTE: input all is large");
        log.ShouldContain("kept");
        log.ShouldContain("stayed");
        (await cloud.GetTextAsync("large/a.csv")).ShouldStartWith("777");
        (await cloud.GetTextAsync("small/b.csv")).ShouldBe("1\n");
    }

    [Fact]
    public async Task A_manifest_of_more_than_16_MiB_names_its_objects_one_by_one()
    {
        string[] names = [.. Enumerable.Range(0, 300).Select(i => $"{i % 7}/{i}.txt")];
        foreach (var name in names)
        {
            await cloud.PutAsync($"listed/{name}", "1\n");
        }

        var space = new string(' ', 64 * 1024);
        var list = $"[{{\"prefix\":\"s3://{JobCloud.Bucket}/listed/\"}}";
        await cloud.PutAsync("list.manifest", list + string.Concat(names.Select(n => $",{space}\"{n}\"")) + "]");
        await cloud.PutAsync("cut.manifest", list + ",\"0/0.txt\"");
        await cloud.PutAsync("other.manifest", "[\"0/0.txt\"]");
        await cloud.PutAsync("gone.manifest", list + ",\"not-there.txt\"]");

        var request = JobCloud.Processing(
            "by-list",
            "cd /opt/ml/processing/input && find . -type f | wc -l && cat */*.txt | wc -l"
        );
        JsonNode Listed(string name)
        {
            var input = Input("all", name, "/opt/ml/processing/input");
            input["S3Input"]!["S3DataType"] = "ManifestFile";
            return input;
        }
        request["ProcessingInputs"] = new JsonArray(Listed("list.manifest"));

        var job = await cloud.ProcessAsync(request);

        job.Text("ProcessingJobStatus").ShouldBe("Completed", job.ToJsonString());
        (await cloud.LogAsync("/aws/sagemaker/ProcessingJobs", "by-list")).ShouldBe(["300", "300"]);
        foreach (
            var (name, reason) in new[]
            {
                ("cut", "is not a manifest file: "),
                ("other", "is not a manifest file: "),
                ("gone", "not-there.txt, named in s3://job-tests/gone.manifest, does not exist."),
            }
        )
        {
            request["ProcessingJobName"] = $"by-list-{name}";
            request["ProcessingInputs"] = new JsonArray(Listed($"{name}.manifest"));
            (await cloud.ProcessAsync(request)).Text("FailureReason")!.ShouldContain(reason);
        }
    }

    [Fact]
    public async Task Code_that_a_script_unpacks_in_place_is_a_copy()
    {
        await cloud.PutAsync("code/run.sh", "echo ran > /opt/ml/processing/output/report/r; echo changed > run.sh");
        var request = JobCloud.Processing("code", "cd /opt/ml/processing/input/code && sh run.sh");
        request["ProcessingInputs"] = new JsonArray(
            Input("data", "code/", "/opt/ml/processing/input"),
            Input("code", "code/run.sh", "/opt/ml/processing/input/code")
        );
        request["ProcessingOutputConfig"] = Outputs(Output("report", "out/code", "EndOfJob"));

        var job = await cloud.ProcessAsync(request);

        job.Text("ProcessingJobStatus").ShouldBe("Completed", job.ToJsonString());
        (await cloud.GetTextAsync("out/code/r")).ShouldBe("ran\n");
        (await cloud.GetTextAsync("code/run.sh")).ShouldStartWith("echo ran");
    }

    [Fact]
    public async Task A_failed_job_stores_nothing_but_what_is_stored_continuously()
    {
        var request = JobCloud.Processing(
            "fails",
            "echo 1 > /opt/ml/processing/output/end/a; echo 2 > /opt/ml/processing/output/flow/b; echo no such column: age >&2; exit 4"
        );
        request["ProcessingOutputConfig"] = Outputs(
            Output("end", "fails/end", "EndOfJob"),
            Output("flow", "fails/flow", "Continuous")
        );

        var job = await cloud.ProcessAsync(request);

        job.Text("ProcessingJobStatus").ShouldBe("Failed");
        job.Text("FailureReason").ShouldBe("AlgorithmError: no such column: age, exit code: 4");
        (await cloud.KeysAsync("fails")).ShouldBe(["fails/flow/b"]);
    }

    [Fact]
    public async Task A_running_job_can_be_stopped_and_found_in_the_list()
    {
        await cloud.SageMakerAsync("CreateProcessingJob", JobCloud.Processing("stopped", "exec sleep 600"));

        await cloud.SageMakerAsync("StopProcessingJob", new { ProcessingJobName = "stopped" });

        await Eventually.Async(
            () =>
                cloud.SageMakerAsync("ListProcessingJobs", new { StatusEquals = "Stopped", NameContains = "stopped" }),
            list => list.Objects("ProcessingJobSummaries").Count() == 1
        );
    }

    [Fact]
    public async Task What_is_wrong_with_a_request_is_said_in_AWS_words()
    {
        var outside = JobCloud.Processing("outside", "true");
        outside["ProcessingOutputConfig"] = Outputs(Output("report", "x", "EndOfJob", "/opt/ml/../../etc"));
        (await cloud.RefusalAsync("CreateProcessingJob", outside)).Message.ShouldBe(
            "The LocalPath of report must be a folder below /opt/ml."
        );

        var athena = JobCloud.Processing("athena", "true");
        athena["ProcessingInputs"] = new JsonArray(
            new JsonObject { ["InputName"] = "d", ["DatasetDefinition"] = new JsonObject() }
        );
        (await cloud.RefusalAsync("CreateProcessingJob", athena)).Message.ShouldBe(
            "DatasetDefinition (d) is not implemented by the local cloud."
        );

        var store = JobCloud.Processing("store", "true");
        var features = new JsonObject { ["FeatureGroupName"] = "g" };
        store["ProcessingOutputConfig"] = Outputs(
            new JsonObject { ["OutputName"] = "f", ["FeatureStoreOutput"] = features }
        );
        (await cloud.RefusalAsync("CreateProcessingJob", store)).Message.ShouldBe(
            "FeatureStoreOutput (f) is not implemented by the local cloud."
        );

        await cloud.ProcessAsync(JobCloud.Processing("twice", "true"));
        (await cloud.RefusalAsync("CreateProcessingJob", JobCloud.Processing("twice", "true"))).Code.ShouldBe(
            "ResourceInUse"
        );
        (await cloud.RefusalAsync("DescribeProcessingJob", new { ProcessingJobName = "never" })).Message.ShouldBe(
            "Requested resource not found."
        );
    }

    private static JsonNode Input(string name, string key, string local) =>
        JsonSerializer.SerializeToNode(
            new
            {
                InputName = name,
                S3Input = new
                {
                    S3Uri = $"s3://{JobCloud.Bucket}/{key}",
                    LocalPath = local,
                    S3DataType = "S3Prefix",
                    S3InputMode = "File",
                },
            }
        )!;

    private static JsonNode Output(string name, string key, string mode, string? local = null) =>
        JsonSerializer.SerializeToNode(
            new
            {
                OutputName = name,
                S3Output = new
                {
                    S3Uri = $"s3://{JobCloud.Bucket}/{key}",
                    LocalPath = local ?? $"/opt/ml/processing/output/{name}",
                    S3UploadMode = mode,
                },
            }
        )!;

    private static JsonObject Outputs(params JsonNode[] outputs) => new() { ["Outputs"] = new JsonArray(outputs) };
}
