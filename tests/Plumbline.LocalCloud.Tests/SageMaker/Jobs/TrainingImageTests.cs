using System.Text.Json;
using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;
using Plumbline.Testing;

namespace Plumbline.LocalCloud.Tests.SageMaker.Jobs;

/// <summary>Images of training jobs: the programs and scripts behind them.</summary>
[Collection("processes")]
public sealed class TrainingImageTests(JobCloud cloud) : IClassFixture<JobCloud>
{
    [Fact]
    public async Task An_image_without_a_program_is_named_with_the_table_that_lacks_it()
    {
        var request = JobCloud.Training("unknown-image", "true");
        request.Object("AlgorithmSpecification")!["TrainingImage"] = JobCloud.Image("tensorflow-training");

        var reason = (await cloud.TrainAsync(request)).Text("FailureReason")!;

        reason.ShouldContain(JobCloud.Image("tensorflow-training"));
        reason.ShouldContain("images.json");
    }

    [Fact]
    public async Task A_framework_that_no_Python_here_has_is_named_with_what_was_tried()
    {
        var request = JobCloud.Training("no-framework", "true");
        request.Object("AlgorithmSpecification")!["TrainingImage"] = JobCloud.Image("rare-framework");

        var reason = (await cloud.TrainAsync(request)).Text("FailureReason")!;

        reason.ShouldStartWith("ClientError: No python3 on this machine has the module no_such_framework: tried /");
        reason.ShouldContain("images.json");
    }

    [Fact]
    public async Task The_built_in_XGBoost_refuses_a_channel_it_does_not_know()
    {
        await cloud.PutAsync("extraneous/x.csv", "1,2\n");
        var request = JobCloud.Training("extraneous", "true");
        request["AlgorithmSpecification"] = JsonSerializer.SerializeToNode(
            new
            {
                TrainingImage = "683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-xgboost:1.7-1",
                TrainingInputMode = "File",
            }
        );
        request["InputDataConfig"] = new JsonArray(
            JobCloud.Channel("train", "extraneous/"),
            JobCloud.Channel("model", "extraneous/")
        );

        (await cloud.TrainAsync(request))
            .Text("FailureReason")
            .ShouldBe("ClientError: Extraneous channel found: model");
    }

    [Fact]
    public async Task The_XGBoost_image_runs_a_users_script_where_one_is_named()
    {
        var request = await ScriptAsync(
            "xgboost-script",
            "import sys\nfrom sagemaker_xgboost_container import distributed\n"
                + "distributed.rabit_run(print, {'sep': '-'}, True, ['algo-1'], 'algo-1')\nprint(sys.argv[1:])\n"
        );
        request["AlgorithmSpecification"]!["TrainingImage"] =
            "683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-xgboost:1.7-1";

        var job = await cloud.TrainAsync(request);

        job.Text("TrainingJobStatus").ShouldBe("Completed", job.ToJsonString());
        (await cloud.TrainingLogAsync("xgboost-script")).ShouldContain("['--epochs', '10', '--name', 'two words']");
    }

    [Theory]
    [InlineData("sagemaker-xgboost:1.0-1-cpu-py3", "1.0-1")]
    [InlineData("sagemaker-xgboost:1.2-2", "1.2-2")]
    [InlineData("sagemaker-xgboost:latest", "1.7-1")]
    public async Task The_program_behind_an_XGBoost_image_is_told_its_version(string image, string version)
    {
        await cloud.PutAsync("told/train/a", "1,2");
        var name = $"told-{version.Replace('.', '-')}";
        var request = JobCloud.Training(name, "echo version=$PLUMBLINE_XGBOOST_IMAGE");
        request["AlgorithmSpecification"]!["TrainingImage"] = $"683313688378.dkr.ecr.us-east-1.amazonaws.com/{image}";
        request["InputDataConfig"] = new JsonArray(JobCloud.Channel("train", "told/train"));

        await cloud.TrainAsync(request);

        (await cloud.TrainingLogAsync(name)).ShouldContain($"version={version}");
    }

    [Fact]
    public async Task A_python_script_runs_in_script_mode_with_hyperparameters_as_arguments()
    {
        var request = await ScriptAsync(
            "script",
            "import os, sys\nprint(sys.argv[1:], os.getcwd())\nopen(os.environ['SM_MODEL_DIR'] + '/w', 'w').write('1')\n"
        );

        var job = await cloud.TrainAsync(request);

        job.Text("TrainingJobStatus").ShouldBe("Completed", job.ToJsonString());
        (await cloud.TrainingLogAsync("script")).ShouldBe(["['--epochs', '10', '--name', 'two words'] /opt/ml/code"]);
        (await cloud.UnpackAsync("models/script/output/model.tar.gz")).Keys.ShouldBe(["w"]);
    }

    [Fact]
    public async Task Torch_distributed_starts_a_process_a_gpu_or_two_where_there_is_none()
    {
        var request = await ScriptAsync(
            "ranks",
            "import os\nprint(*(os.environ[n] for n in ('RANK', 'LOCAL_RANK', 'WORLD_SIZE', 'MASTER_ADDR')))\n"
        );
        request["HyperParameters"]!["sagemaker_torch_distributed_enabled"] = "true";
        // Ask for no GPU, so that the job does not get one of the machine's.
        request["ResourceConfig"]!["InstanceType"] = "ml.m5.large";

        var job = await cloud.TrainAsync(request);

        job.Text("TrainingJobStatus").ShouldBe("Completed", job.ToJsonString());
        (await cloud.TrainingLogAsync("ranks"))
            .Order(StringComparer.Ordinal)
            .ShouldBe(["0 0 2 127.0.0.1", "1 1 2 127.0.0.1"]);
    }

    [Fact]
    public async Task One_process_that_fails_ends_the_others_and_the_job()
    {
        var request = await ScriptAsync(
            "lonely",
            "import os, sys, time\nsys.exit('rank 1 gives up') if os.environ['RANK'] == '1' else time.sleep(600)\n"
        );
        request["HyperParameters"]!["sagemaker_torch_distributed_enabled"] = "true";

        var job = await cloud.TrainAsync(request);

        job.Text("TrainingJobStatus").ShouldBe("Failed");
        job.Text("FailureReason")!.ShouldContain("rank 1 gives up");
    }

    /// <summary>Runs a Python script in script mode.</summary>
    private async Task<JsonObject> ScriptAsync(string name, string script)
    {
        using var code = new TemporaryFolder();
        code.Write("train.py", script);
        var archive = code.At("sourcedir.tar.gz");
        System.Diagnostics.Process.Start("tar", ["-czf", archive, "-C", code.Path, "train.py"]).End();
        await cloud.PutAsync($"{name}/sourcedir.tar.gz", await File.ReadAllBytesAsync(archive));
        var request = JobCloud.Training(name, "");
        request["AlgorithmSpecification"] = JsonSerializer.SerializeToNode(
            new { TrainingImage = JobCloud.Image("pytorch-training"), TrainingInputMode = "File" }
        );
        request["HyperParameters"] = new JsonObject
        {
            ["epochs"] = "10",
            ["name"] = "\"two words\"",
            ["sagemaker_program"] = "\"train.py\"",
            ["sagemaker_submit_directory"] = $"\"s3://{JobCloud.Bucket}/{name}/sourcedir.tar.gz\"",
        };
        return request;
    }
}
