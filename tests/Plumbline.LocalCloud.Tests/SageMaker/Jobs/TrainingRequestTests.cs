using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;
using Plumbline.Testing;

namespace Plumbline.LocalCloud.Tests.SageMaker.Jobs;

/// <summary>Requests for training jobs, their refusals and answers, and the metrics that jobs report.</summary>
[Collection("processes")]
public sealed class TrainingRequestTests(JobCloud cloud) : IClassFixture<JobCloud>
{
    [Fact]
    public async Task The_last_figure_of_each_metric_is_kept()
    {
        const string Script = """
            echo 'epoch 1 loss=0.5;'; echo 'epoch 2 loss=0.25;'
            """;
        var request = JobCloud.Training("metrics", Script);
        request.Object("AlgorithmSpecification")!["MetricDefinitions"] = new JsonArray(
            new JsonObject { ["Name"] = "loss", ["Regex"] = "loss=(.*?);" }
        );

        var metric = (await cloud.TrainAsync(request)).Objects("FinalMetricDataList").Single();

        metric.Text("MetricName").ShouldBe("loss");
        metric.Double("Value").ShouldBe(0.25);
    }

    [Fact]
    public async Task The_figures_are_in_CloudWatch_as_they_were_printed()
    {
        var request = JobCloud.Training("charted", "echo 'loss=0.5;'; echo 'loss=0.25;'");
        request.Object("AlgorithmSpecification")!["MetricDefinitions"] = new JsonArray(
            new JsonObject { ["Name"] = "loss", ["Regex"] = "loss=([0-9.]+);" }
        );

        var job = await cloud.TrainAsync(request);

        var found = await cloud.CallAsync(
            "monitoring",
            "GetMetricStatistics",
            new
            {
                Namespace = "/aws/sagemaker/TrainingJobs",
                MetricName = "loss",
                Dimensions = new[] { new { Name = "TrainingJobName", Value = "charted" } },
                StartTime = job.Double("TrainingStartTime"),
                EndTime = job.Double("TrainingEndTime") + 60,
                Period = 60,
                Statistics = new[] { "Sum", "SampleCount" },
            }
        );
        found.Objects("Datapoints").Sum(point => point.Double("SampleCount")).ShouldBe(2);
        found.Objects("Datapoints").Sum(point => point.Double("Sum")).ShouldBe(0.75);
    }

    [Fact]
    public async Task The_built_in_algorithm_tells_the_metrics_that_it_has()
    {
        var request = JobCloud.Training("built-in", "true");
        request.Object("AlgorithmSpecification")!["TrainingImage"] = JobCloud.Image("sagemaker-xgboost");
        await cloud.SageMakerAsync("CreateTrainingJob", request);

        var job = await cloud.TrainedAsync("built-in");

        job.Object("AlgorithmSpecification")!
            .Objects("MetricDefinitions")
            .Single(definition => definition.Text("Name") == "validation:auc")
            .Text("Regex")
            .ShouldBe(@".*\[[0-9]+\].*#011validation-auc:([-+]?[0-9]*\.?[0-9]+(?:[eE][-+]?[0-9]+)?).*");
    }

    [Fact]
    public async Task What_XGBoost_prints_needs_no_definition()
    {
        const string Script = """
            printf '[0]#011train-mlogloss:1.5#011validation-mlogloss:1.75\n[1]#011train-mlogloss:0.5#011validation-mlogloss:0.75\n'
            """;

        var metrics = (await cloud.TrainAsync(JobCloud.Training("xgboost-metrics", Script)))
            .Objects("FinalMetricDataList")
            .ToDictionary(metric => metric.Text("MetricName")!, metric => metric.Double("Value"));

        metrics.ShouldBe(new Dictionary<string, double?> { ["train:mlogloss"] = 0.5, ["validation:mlogloss"] = 0.75 });
    }

    [Fact]
    public async Task Members_that_nobody_asked_for_are_answered_as_AWS_does()
    {
        await cloud.PutAsync("completed/x.csv", "1\n");
        var request = JobCloud.Training("completed", "true");
        request["InputDataConfig"] = new JsonArray(JobCloud.Channel("train", "completed"));

        var job = await cloud.TrainAsync(request);

        job.Object("OutputDataConfig")!.Text("KmsKeyId").ShouldBe("");
        job.Object("OutputDataConfig")!.Text("CompressionType").ShouldBe("GZIP");
        var channel = job.Objects("InputDataConfig").Single();
        (channel.Text("CompressionType"), channel.Text("RecordWrapperType")).ShouldBe(("None", "None"));
        job.Object("AlgorithmSpecification")!.ContainsKey("MetricDefinitions").ShouldBeFalse();
        job.Text("ProfilingStatus").ShouldBe("Disabled");
    }

    [Fact]
    public async Task What_is_wrong_with_a_request_is_said_in_AWS_words()
    {
        var request = JobCloud.Training("wrong", "true");
        request["InputDataConfig"] = new JsonArray(JobCloud.Channel("train", "nothing/here"));
        (await cloud.RefusalAsync("CreateTrainingJob", request)).Message.ShouldStartWith(
            $"No S3 objects found under S3 URL \"s3://{JobCloud.Bucket}/nothing/here\" given in input data source."
        );

        request["InputDataConfig"] = new JsonArray(JobCloud.Channel("..", "nothing/here"));
        (await cloud.RefusalAsync("CreateTrainingJob", request)).Message.ShouldContain("ChannelName ..");

        await cloud.TrainAsync(JobCloud.Training("twice", "true"));
        var twice = await cloud.RefusalAsync("CreateTrainingJob", JobCloud.Training("twice", "true"));
        twice.Code.ShouldBe("ResourceInUse");
        twice.Message.ShouldBe(
            "Training job names must be unique within an AWS account and region, and a training job with this name already exists (arn:aws:sagemaker:us-east-1:000000000000:training-job/twice)"
        );

        var missing = await cloud.RefusalAsync("DescribeTrainingJob", new { TrainingJobName = "never" });
        (missing.Code, missing.Message).ShouldBe(("ValidationException", "Requested resource not found."));
    }

    [Theory]
    [InlineData(
        false,
        7_200,
        "Invalid MaxWaitTimeInSeconds. It is only supported when EnableManagedSpotTraining is set to true"
    )]
    [InlineData(
        true,
        null,
        "Invalid MaxWaitTimeInSeconds. It must be present and be greater than or equal to MaxRuntimeInSeconds"
    )]
    [InlineData(
        true,
        3_599,
        "Invalid MaxWaitTimeInSeconds. It must be present and be greater than or equal to MaxRuntimeInSeconds"
    )]
    public async Task Spot_training_needs_a_wait_as_long_as_its_training_and_only_it_has_one(
        bool spot,
        int? wait,
        string refusal
    )
    {
        var request = JobCloud.Training("spot", "true");
        request["EnableManagedSpotTraining"] = spot;
        request["StoppingCondition"] = new JsonObject { ["MaxRuntimeInSeconds"] = 3_600 };
        if (wait is not null)
        {
            request["StoppingCondition"]!["MaxWaitTimeInSeconds"] = wait;
        }

        (await cloud.RefusalAsync("CreateTrainingJob", request)).Message.ShouldBe(refusal);
    }

    [Fact]
    public async Task Jobs_are_listed_by_name_status_and_page_and_keep_their_tags()
    {
        foreach (var name in (string[])["listed-a", "listed-b", "listed-c"])
        {
            await cloud.TrainAsync(
                JobCloud.Training(
                    name,
                    "true",
                    job => job["Tags"] = new JsonArray(new JsonObject { ["Key"] = "team", ["Value"] = name })
                )
            );
        }

        var first = await cloud.SageMakerAsync(
            "ListTrainingJobs",
            new
            {
                NameContains = "listed",
                StatusEquals = "Completed",
                SortBy = "Name",
                SortOrder = "Descending",
                MaxResults = 2,
            }
        );
        var second = await cloud.SageMakerAsync(
            "ListTrainingJobs",
            new
            {
                NameContains = "listed",
                StatusEquals = "Completed",
                SortBy = "Name",
                SortOrder = "Descending",
                MaxResults = 2,
                NextToken = first.Text("NextToken"),
            }
        );

        first
            .Objects("TrainingJobSummaries")
            .Select(job => job.Text("TrainingJobName"))
            .ShouldBe(["listed-c", "listed-b"]);
        second.Objects("TrainingJobSummaries").Select(job => job.Text("TrainingJobName")).ShouldBe(["listed-a"]);
        second.Text("NextToken").ShouldBeNull();
        var tags = await cloud.SageMakerAsync(
            "ListTags",
            new { ResourceArn = first.Objects("TrainingJobSummaries").First().Text("TrainingJobArn") }
        );
        tags.Objects("Tags").Single().Text("Value").ShouldBe("listed-c");
    }
}
