using System.Globalization;
using System.Reflection;
using Plumbline.Aws.Instances;
using Plumbline.Records.Project;
using Plumbline.Testing;
using static Plumbline.Records.Tests.Project.YamlTexts;

namespace Plumbline.Records.Tests.Project;

public class PlumblineYamlTests
{
    [Fact]
    public void Three_keys_are_enough_and_the_rest_has_the_defaults_of_the_design()
    {
        var project = ProjectDescription.Parse(Least);
        project.Data.Label.ShouldBe("label");
        project.Training.Instance.ShouldBe("ml.p3.8xlarge");
        project.Training.MaxRuntime.ShouldBe(TimeSpan.FromHours(48));
        project.Endpoint.Instance.ShouldBe("ml.g4dn.xlarge");
        project.Endpoint.Count.ShouldBe(1);
        project.Monitor.MinimumLabels.ShouldBe(150);
        project.Monitor.Window.ShouldBe(TimeSpan.FromDays(1));
        project.Approval.ShouldBe(ApprovalPolicy.Manual);
    }

    [Fact]
    public void The_digits_sample_reads_as_written()
    {
        var project = ProjectDescription.Parse(
            File.ReadAllText(Repository.Path("samples", "digits", "plumbline.yaml"))
        );
        project.Labels.ShouldBe(["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"]);
        project.Data.HoldOut.ShouldBe(0.25);
        project.Training.Hyperparameters["colsample_bytree"].ShouldBe("0.3");
        project.Review.ShouldBe(
            new ReviewDescription
            {
                View = ReviewView.Image,
                Width = 8,
                Height = 8,
                Maximum = 16,
            }
        );
        var job = project.JobHyperparameters(project.Training.AddedRounds);
        job["num_round"].ShouldBe("100");
        job["num_class"].ShouldBe("10");
        job["class_labels"].ShouldStartWith("[\"0\",\"1\"");
        job["objective"].ShouldBe("multi:softprob");
    }

    [Fact]
    public void Code_of_the_projects_own_takes_any_hyperparameter() =>
        ProjectDescription
            .Parse($"{Least}\ntraining:\n  algorithm: pytorch\n  hyperparameters:\n    depth: deep\n")
            .Training.Hyperparameters["depth"]
            .ShouldBe("deep");

    [Fact]
    public void A_program_in_C_sharp_gets_epochs_labels_and_its_own_hyperparameters_alone() =>
        ProjectDescription
            .Parse($"{Least}\ntraining:\n  algorithm: dotnet\n  hyperparameters:\n    hidden: 48\n")
            .JobHyperparameters(9)
            .Keys.ShouldBe(["class_labels", "epochs", "hidden"]);

    [Fact]
    public void The_torch_sample_sends_what_AWSs_toolkit_takes()
    {
        var project = ProjectDescription.Parse(
            File.ReadAllText(Repository.Path("samples", "digits-torch", "plumbline.yaml"))
        );

        project
            .JobHyperparameters(project.Training.AddedRounds)
            .ShouldBe(
                new Dictionary<string, string>
                {
                    ["batch_size"] = "64",
                    ["class_labels"] = """["0","1","2","3","4","5","6","7","8","9"]""",
                    ["epochs"] = "3",
                    ["learning_rate"] = "0.003",
                    ["maximum"] = "16",
                    ["sagemaker_instance_type"] = "ml.g6.12xlarge",
                    ["sagemaker_program"] = "train.py",
                    ["sagemaker_torch_distributed_enabled"] = "true",
                    ["seed"] = "42",
                },
                ignoreOrder: true
            );
    }

    [Theory]
    [InlineData("eu-central-1", "ml.g4dn.xlarge", "763104351884.dkr.ecr.eu-central-1.amazonaws.com/", "gpu")]
    [InlineData("mx-central-1", "ml.g6.xlarge", "637423239942.dkr.ecr.mx-central-1.amazonaws.com/", "gpu")]
    [InlineData("us-gov-east-1", "ml.m5.large", "446045086412.dkr.ecr.us-gov-east-1.amazonaws.com/", "cpu")]
    [InlineData("eu-south-1", "ml.m5.large", "692866216735.dkr.ecr.eu-south-1.amazonaws.com/", "cpu")]
    [InlineData("cn-north-1", "ml.m5.large", "727897471807.dkr.ecr.cn-north-1.amazonaws.com.cn/", "cpu")]
    public void AWSs_image_follows_region_and_instance(string region, string instance, string registry, string kind)
    {
        PyTorchImages.Training("2.6", region, instance).ShouldBe($"{registry}pytorch-training:2.6.0-{kind}-py312");
        PyTorchImages.Inference("2.5", region, instance).ShouldBe($"{registry}pytorch-inference:2.5.1-{kind}-py311");
        PyTorchImages.AreIn(region).ShouldBeTrue();
    }

    [Fact]
    public void Base_data_may_be_in_several_places()
    {
        var one = ProjectDescription.Parse(Least).Data;
        (one.Sources.Count, one.Paths().Count, one.InS3().Count).ShouldBe((0, 1, 0));
        var several = ProjectDescription.Parse(
            """
            name: churn
            data: {file: [mine/, "s3://feed/a/", own.parquet, "s3://other"], grow: true, format: jsonl}
            labels: [a, b]
            """
        );
        several.Data.Paths().ShouldBe(["mine/", "own.parquet"]);
        several.Data.InS3().Select(uri => uri.ToString()).ShouldBe(["s3://feed/a/", "s3://other/"]);
        (several.Data.Grow, several.Data.Format).ShouldBe((true, SourceFormat.Jsonl));
        ProjectDescription.FromJson(several.ToJson(), "copy").Data.InS3().ShouldBe(several.Data.InS3());
    }

    [Fact]
    public void A_spot_training_may_wait_a_day_longer_than_it_may_run_and_at_most_28_days()
    {
        var spot = ProjectDescription.Parse($"{Least}\ntraining: {{spot: true, maxRuntime: 12h}}\n").Training;
        (spot.Spot, spot.MaxWait).ShouldBe((true, TimeSpan.FromHours(36)));
        ProjectDescription
            .Parse($"{Least}\ntraining: {{spot: true, maxRuntime: 28d}}\n")
            .Training.MaxWait.ShouldBe(TimeSpan.FromDays(28));
        ProjectDescription.Parse(Least).Training.MaxWait.ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public void The_newest_version_of_PyTorch_is_the_default_and_a_full_one_is_taken_too()
    {
        ProjectDescription.Parse(Least).Training.Version.ShouldBe("2.6");
        ProjectDescription
            .Parse($"{Least}\ntraining: {{algorithm: pytorch, version: 2.5.1}}\n")
            .Training.Version.ShouldBe("2.5");
    }

    [Theory]
    [InlineData("share: 7%", 7, 400)]
    [InlineData("share: 0.29", 29, 400)]
    [InlineData("retention: 30d", 100, 30)]
    public void Captures_are_a_share_in_per_cent_and_stay_for_days(string capture, int percent, int days)
    {
        var read = ProjectDescription.Parse($"{Least}\ncapture: {{{capture}}}\n").Capture;
        (read.Percent(), read.Retention).ShouldBe((percent, TimeSpan.FromDays(days)));
    }

    [Fact]
    public void An_endpoint_says_its_image_and_how_long_it_may_take_to_come_up()
    {
        var endpoint = ProjectDescription
            .Parse(
                $"{Least}\nendpoint: {{amiVersion: al2023-ami-sagemaker-inference-gpu-4-1, startupTimeout: 20m, downloadTimeout: 1h}}\n"
            )
            .Endpoint;
        endpoint.AmiVersion.ShouldBe("al2023-ami-sagemaker-inference-gpu-4-1");
        (endpoint.StartupTimeout, endpoint.DownloadTimeout).ShouldBe((TimeSpan.FromMinutes(20), TimeSpan.FromHours(1)));
        ProjectDescription.Parse(Least).Endpoint.AmiVersion.ShouldBeNull();
    }

    [Fact]
    public void A_description_makes_a_round_trip_through_JSON_and_has_one_form()
    {
        var project = ProjectDescription.Parse(
            File.ReadAllText(Repository.Path("samples", "digits", "plumbline.yaml"))
        );
        var again = ProjectDescription.FromJson(project.ToJson());
        again.ToJson().ShouldBe(project.ToJson());
        again.Retraining.ShouldBe(project.Retraining);
        ProjectDescription.Parse(Least + "\n# a comment\n").ToJson().ShouldBe(ProjectDescription.Parse(Least).ToJson());
    }

    [Theory]
    [InlineData("growth: never", null)]
    [InlineData("growth: 12%", 0.12)]
    [InlineData("coolDown: 1h", 0.04)]
    [InlineData("coolDown: 1h\ntraining: {recipes: [decay, first]}", 0.04)]
    [InlineData("coolDown: 1h\ntraining: {recipes: [recent]}", 0.25)]
    [InlineData("growth: 12%\ntraining: {recipes: [recent]}", 0.12)]
    public void Jobs_read_the_growth_that_was_written(string line, double? growth)
    {
        var project = ProjectDescription.Parse($"{Least}\nretraining:\n  {line}\n");

        project.Retraining.Growth.ShouldBe(growth);
        ProjectDescription.FromJson(project.ToJson()).Retraining.ShouldBe(project.Retraining);
    }

    [Theory]
    [InlineData("training: {rounds: 3}", 20)]
    [InlineData("training: {algorithm: pytorch}", 100)]
    [InlineData("training: {algorithm: pytorch}\nretraining: {minNewLabels: 7}", 7)]
    public void Fewer_new_labels_start_the_training_of_a_table_than_that_of_a_network(string lines, int labels)
    {
        var project = ProjectDescription.Parse($"{Least}\n{lines}\n");

        project.Retraining.MinNewLabels.ShouldBe(labels);
        ProjectDescription.FromJson(project.ToJson()).Retraining.ShouldBe(project.Retraining);
    }

    [Fact]
    public void A_daily_measurement_that_is_ready_earlier_than_the_day_before_is_not_in_the_usual_cool_down()
    {
        var retraining = ProjectDescription.Parse(Least).Retraining;
        var started = SampleRecords.Time;
        retraining.CoolsDownUntil(started, started.AddHours(11)).ShouldBe(started.AddHours(12));
        retraining.CoolsDownUntil(started, started.AddDays(1).AddMinutes(-9)).ShouldBeNull();
    }

    [Theory]
    [InlineData("coolDown: 1h", null)]
    [InlineData("growth: 12%", 0.12)]
    public void Growth_of_labels_trains_a_network_only_if_it_is_written(string line, double? growth) =>
        ProjectDescription
            .Parse($"{Least}\ntraining:\n  algorithm: pytorch\nretraining:\n  {line}\n")
            .Retraining.Growth.ShouldBe(growth);

    [Fact]
    public void A_precision_lets_half_of_the_predictions_be_asked_for_unless_a_share_is_written()
    {
        double Share(string lines) => ProjectDescription.Parse($"{Least}\nmonitor:\n{lines}\n").Monitor.AuditShare;

        Share("  schedule: daily").ShouldBe(0.1);
        Share("  precision: 0.02").ShouldBe(0.5);
        Share("  precision: 0.02\n  auditShare: 20%").ShouldBe(0.2);
    }

    [Theory]
    [InlineData("hourly", 1, "cron(0 * * * ? *)")]
    [InlineData("daily", 24, "cron(0 0 * * ? *)")]
    [InlineData("weekly", 168, "cron(0 0 ? * MON *)")]
    [InlineData("rate(6 hours)", 6, "rate(6 hours)")]
    public void A_schedule_implies_its_window(string schedule, int hours, string expression)
    {
        var monitor = ProjectDescription.Parse($"{Least}\nmonitor:\n  schedule: {schedule}\n").Monitor;
        monitor.Window.ShouldBe(TimeSpan.FromHours(hours));
        monitor.ScheduleExpression().ShouldBe(expression);
    }

    [Fact]
    public void The_reference_lists_every_key_that_can_be_written()
    {
        var reference = File.ReadAllText(Repository.Path("docs", "plumbline.yaml.md"));
        // A former name is documented with the label, an ignored column with the kinds, a list of files with one file, and a
        // program's key, which an upload writes, with the program.
        foreach (
            var key in Keys(typeof(ProjectDescription), "")
                .Select(key =>
                    key switch
                    {
                        "formerLabels" => "labels.NAME.was",
                        "data.schema" or "data.ignored" => "data.columns",
                        "data.sources" => "data.file",
                        "quality.scoreKey" => "quality.score",
                        _ => key,
                    }
                )
        )
            reference.ShouldContain($"| `{key}` |");
    }

    [Theory]
    [InlineData("48h", "2d")]
    [InlineData("90s", "90s")]
    [InlineData("0", "0")]
    [InlineData("0s", "0")]
    public void Durations_are_written_in_their_largest_unit(string text, string shortest)
    {
        Durations.TryParse(text, out var duration).ShouldBeTrue();
        Durations.Format(duration).ShouldBe(shortest);
    }

    [Theory]
    [InlineData("")]
    [InlineData("h")]
    [InlineData("-1h")]
    [InlineData("1.5h")]
    [InlineData("99999999999999999d")]
    public void What_is_no_duration_is_refused(string text) => Durations.TryParse(text, out _).ShouldBeFalse();

    private static IEnumerable<string> Keys(Type section, string path)
    {
        foreach (var property in section.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            var key = path + char.ToLower(property.Name[0], CultureInfo.InvariantCulture) + property.Name[1..];
            if (property.PropertyType.Name.EndsWith("Description", StringComparison.Ordinal))
            {
                foreach (var inner in Keys(property.PropertyType, key + "."))
                    yield return inner;
            }
            else
            {
                yield return key;
            }
        }
    }
}
