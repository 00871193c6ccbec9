using System.Globalization;
using System.Reflection;
using Plumbline.Aws.Instances;
using Plumbline.Records.Project;
using Plumbline.Testing;

namespace Plumbline.Records.Tests.Project;

public class PlumblineYamlTests
{
    private const string Least = """
        name: churn
        data:
          file: customers.csv
        labels: [stays, leaves]
        """;

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

    [Theory]
    [InlineData("max_depth: deep", "max_depth: must be a whole number from 0 to 1000, not \"deep\"")]
    [InlineData("max_dept: 3", "max_dept: is not a hyperparameter of this algorithm")]
    [InlineData("subsample: 0", "subsample: must be a number above 0 to 1")]
    [InlineData("eval_metric: precision", "eval_metric: must be of")]
    [InlineData("eval_metric: tweedie-nloglik", "eval_metric: must be of")]
    [InlineData(
        "eval_metric: auc,mlogloss",
        "eval_metric: mlogloss does not go with binary:logistic: write one of rmse, rmsle, mae, mape, mphe, logloss, error,"
    )]
    public void A_hyperparameter_that_the_trainer_would_refuse_is_refused_with_its_line(string line, string problem)
    {
        var refused = Should.Throw<UserError>(() =>
            ProjectDescription.Parse($"{Least}\ntraining:\n  hyperparameters:\n    eta: 0.1\n    {line}\n")
        );

        refused.Message.ShouldContain("plumbline.yaml:8");
        refused.Message.ShouldContain($"training.hyperparameters.{problem}");
    }

    [Fact]
    public void Code_of_the_projects_own_takes_any_hyperparameter() =>
        ProjectDescription
            .Parse($"{Least}\ntraining:\n  algorithm: pytorch\n  hyperparameters:\n    depth: deep\n")
            .Training.Hyperparameters["depth"]
            .ShouldBe("deep");

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
    [InlineData("lables: [a, b]", 5, "did you mean 'labels'")]
    [InlineData("monitor:\n  auditshare: 10%", 6, "unknown key 'monitor.auditshare'; did you mean 'auditShare'?")]
    [InlineData("monitor:\n  colour: red", 6, "the known keys are schedule, window")]
    [InlineData("training:\n  rounds: many", 6, "training.rounds: must be a whole number from 1 to 100000, not 'many'")]
    [InlineData("training:\n  hyperparameters:\n    num_class: 3", 7, "is set by the number of labels")]
    [InlineData("training:\n  instance: p3.8xlarge", 6, "must be an instance type like ml.m5.large")]
    [InlineData("training:\n  maxRuntime: two days", 6, "must be a duration up to 28d, like 90s, 30m, 48h or 7d")]
    [InlineData("training:\n  algorithm: keras", 6, "must be one of xgboost, pytorch, not 'keras'")]
    [InlineData("training:\n  code: code", 6, "needs algorithm: pytorch")]
    [InlineData("training:\n  algorithm: pytorch\n  code: ../mine", 7, "must be a folder inside the project's folder")]
    [InlineData(
        "training:\n  algorithm: pytorch\n  hyperparameters:\n    epochs: 3",
        8,
        "is set by training.rounds and training.addedRounds"
    )]
    [InlineData("training:\n  hyperparameters:\n    sagemaker_program: a.py", 7, "toolkit reserves")]
    [InlineData("training:\n  version: 2.6", 6, "needs algorithm: pytorch")]
    [InlineData(
        "training:\n  algorithm: pytorch\n  version: \"2.9\"",
        7,
        "training and for serving, not '2.9': 2.0, 2.1, 2.2, 2.3, 2.4, 2.5, 2.6"
    )]
    [InlineData("training:\n  maxWait: 50h", 6, "needs spot: true")]
    [InlineData("training:\n  spot: true\n  maxWait: 47h", 7, "must be at least maxRuntime, 2d")]
    [InlineData("capture:\n  share: 0.5%", 6, "must be a whole percentage")]
    [InlineData("capture:\n  share: 0", 6, "must be a share over 0")]
    [InlineData("capture:\n  retention: 36h", 6, "must be whole days")]
    [InlineData("endpoint:\n  amiVersion: mine", 6, "must be one of al2-ami-sagemaker-inference-gpu-2,")]
    [InlineData("endpoint:\n  startupTimeout: 30s", 6, "must be at least 1m")]
    [InlineData("endpoint:\n  downloadTimeout: 2h", 6, "must be a duration up to 1h")]
    [InlineData("training: fast", 5, "training: must be a section")]
    [InlineData("endpoint:\n  routing: canary", 6, "canary and linear need count: 2")]
    [InlineData("quality:\n  metric: f1", 6, "must be one of accuracy, not 'f1'")]
    [InlineData("quality:\n  threshold: 90", 6, "must be a share over 0 and at most 0.999999")]
    [InlineData("approval: always", 5, "must be one of manual, recommended, never")]
    [InlineData("monitor:\n  schedule: sometimes", 6, "must be hourly, daily, weekly, cron(...) or rate(...)")]
    [InlineData("monitor:\n  schedule: cron(0 8 * * ? *)", 6, "a cron schedule needs the length of its window")]
    [InlineData("monitor:\n  namespace: AWS/Mine", 6, "not begin with AWS/")]
    [InlineData("review:\n  view: image", 6, "an image needs width and height")]
    [InlineData("prices:\n  m5: 1", 6, "is not an instance type")]
    [InlineData("source:\n  github: acme/moons", 6, "source.connection is missing")]
    [InlineData("source:\n  github: moons\n  connection: c", 6, "must be OWNER/REPOSITORY, not 'moons'")]
    [InlineData("source:\n  github: a/b\n  connection: c", 7, "must be a connection's ARN")]
    [InlineData("review:\n  view: [image]", 6, "must be one value")]
    [InlineData("review:\n  - view", 6, "must be a section")]
    [InlineData("name: again", 5, "is not YAML")]
    [InlineData("review: {view: table", 6, "is not YAML")]
    public void What_is_wrong_is_named_with_its_line(string added, int line, string message)
    {
        var error = Should.Throw<UserError>(() => ProjectDescription.Parse(Least + "\n" + added + "\n"));
        error.Message.ShouldContain(message);
        error.Place.ShouldBe($"plumbline.yaml:{line}");
    }

    [Theory]
    [InlineData("data:\n  file: a.csv\nlabels: [a, b]", "name is missing")]
    [InlineData("name: Churn\ndata:\n  file: a.csv\nlabels: [a, b]", "must be 2 to 32 lower case")]
    [InlineData("name: churn\nlabels: [a, b]", "the section is missing")]
    [InlineData("name: churn\ndata:\n  file: a.csv", "at least two classes")]
    [InlineData("name: churn\ndata:\n  file: a.csv\nlabels: [a, a]", "'a' is listed twice")]
    [InlineData("name: churn\ndata:\n  file: ../a.csv\nlabels: [a, b]", "inside the project's folder")]
    [InlineData("name: churn\ndata:\n  features: [label]\nlabels: [a, b]", "a model must not see it")]
    [InlineData("name: churn\ndata:\n  split: time\n  splitKey: who\nlabels: [a, b]", "has no effect with split: time")]
    [InlineData("name: churn\ndata:\n  holdOut: 50%\n  validation: 45%\nlabels: [a, b]", "must leave 10 %")]
    [InlineData("", "must be one document")]
    [InlineData("- a\n- b", "must be one document")]
    public void What_is_missing_or_contradicts_itself_is_named(string yaml, string message) =>
        Should.Throw<UserError>(() => ProjectDescription.Parse(yaml)).Message.ShouldContain(message);

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
        // A former name is documented with the label.
        foreach (
            var key in Keys(typeof(ProjectDescription), "")
                .Select(key => key == "formerLabels" ? "labels.NAME.was" : key)
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
