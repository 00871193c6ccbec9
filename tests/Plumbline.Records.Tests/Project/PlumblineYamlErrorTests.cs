using Plumbline.Records.Project;
using Plumbline.Testing;
using static Plumbline.Records.Tests.Project.YamlTexts;

namespace Plumbline.Records.Tests.Project;

public class PlumblineYamlErrorTests
{
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

    [Theory]
    [InlineData("lables: [a, b]", 5, "did you mean 'labels'")]
    [InlineData("monitor:\n  auditshare: 10%", 6, "unknown key 'monitor.auditshare'; did you mean 'auditShare'?")]
    [InlineData("monitor:\n  labels: all", 6, "monitor.labels: must be one of sample, complete, not 'all'")]
    [InlineData("monitor:\n  labels: complete\n  auditShare: 10%", 7, "must be 100% with labels: complete")]
    [InlineData("monitor:\n  colour: red", 6, "the known keys are schedule, window")]
    [InlineData("training:\n  rounds: many", 6, "training.rounds: must be a whole number from 1 to 100000, not 'many'")]
    [InlineData("training:\n  hyperparameters:\n    num_class: 3", 7, "is set by the number of labels")]
    [InlineData("training:\n  instance: p3.8xlarge", 6, "must be an instance type like ml.m5.large")]
    [InlineData("training:\n  maxRuntime: two days", 6, "must be a duration up to 28d, like 90s, 30m, 48h or 7d")]
    [InlineData("training:\n  algorithm: keras", 6, "must be one of xgboost, pytorch, dotnet, container, not 'keras'")]
    [InlineData("training:\n  code: code", 6, "needs algorithm: pytorch or algorithm: dotnet")]
    [InlineData("training:\n  algorithm: pytorch\n  code: ../mine", 7, "must be a folder inside the project's folder")]
    [InlineData(
        "training:\n  algorithm: pytorch\n  hyperparameters:\n    epochs: 3",
        8,
        "is set by training.rounds and training.addedRounds"
    )]
    [InlineData("training:\n  hyperparameters:\n    sagemaker_program: a.py", 7, "toolkit reserves")]
    [InlineData("training:\n  version: 2.6", 6, "needs algorithm: pytorch")]
    [InlineData("training:\n  algorithm: dotnet\n  version: 2.6", 7, "needs algorithm: pytorch")]
    [InlineData("training:\n  algorithm: dotnet\n  model: onnx", 7, "needs algorithm: pytorch")]
    [InlineData("training:\n  algorithm: pytorch\n  model: tensorrt", 7, "handler, onnx")]
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
    [InlineData(
        "quality:\n  metric: f1",
        6,
        "must be one of accuracy, balanced_accuracy, f1_macro, auc, log_loss, cost, f1:LABEL, not 'f1'"
    )]
    [InlineData("quality:\n  threshold: 90", 6, "must be a share over 0 and at most 0.999999")]
    [InlineData("approval: always", 5, "must be one of manual, recommended, never")]
    [InlineData("monitor:\n  schedule: sometimes", 6, "must be hourly, daily, weekly, cron(...) or rate(...)")]
    [InlineData("monitor:\n  schedule: cron(0 8 * * ? *)", 6, "a cron schedule needs the length of its window")]
    [InlineData("monitor:\n  precision: 0", 6, "monitor.precision: must be a number over 0, not '0'")]
    [InlineData("retraining:\n  onChange: often", 6, "retraining.onChange: must be one of true, false, not 'often'")]
    [InlineData("retraining:\n  growth: 0%", 6, "retraining.growth: must be a share over 0 and at most 10")]
    [InlineData("retraining:\n  budget: -5", 6, "retraining.budget: must be a number over 0 and at most 1000000000")]
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
    [InlineData("name: churn\ndata:\n  grow: true\nlabels: [a, b]", "data.grow: goes with a prefix in S3")]
    [InlineData("name: churn\ndata:\n  file: s3:///x\nlabels: [a, b]", "'s3:///x' is not an S3 URI: write s3://bucket")]
    [InlineData(
        "name: churn\ndata:\n  file: [a.csv, ../b]\nlabels: [a, b]",
        "data.file: must be a path inside the project"
    )]
    [InlineData(
        "name: churn\ndata:\n  format: xml\nlabels: [a, b]",
        "must be one of csv, jsonl, parquet, folders, manifest, not 'xml'"
    )]
    [InlineData("name: churn\ndata:\n  holdOut: 50%\n  validation: 45%\nlabels: [a, b]", "must leave 10 %")]
    [InlineData("", "must be one document")]
    [InlineData("- a\n- b", "must be one document")]
    public void What_is_missing_or_contradicts_itself_is_named(string yaml, string message) =>
        Should.Throw<UserError>(() => ProjectDescription.Parse(yaml)).Message.ShouldContain(message);

    [Theory]
    [InlineData("format: folder", 3, "must be one of csv, jsonl, parquet, folders, manifest, not 'folder'")]
    [InlineData("format: folders", 3, "name the folder in the project that has the class folders")]
    [InlineData(
        "format: manifest\n  file: a.jsonl\n  features: [a]",
        5,
        "goes with tables, not with data.format manifest"
    )]
    [InlineData("format: manifest\n  file: [a.jsonl, b.jsonl]", 4, "name the manifest in the project, a .jsonl file")]
    [InlineData("format: folders\n  file: [photos, s3://b/photos/]", 4, "name the folder in the project that has")]
    [InlineData("format: folders\n  file: photos\n  grow: true", 5, "goes with a prefix in S3")]
    [InlineData("format: folders\n  file: photos\n  contents: s3://b/", 5, "goes with data.format manifest")]
    [InlineData("format: manifest\n  file: s3://a/b\n  contents: photos", 5, "'photos' is not an S3 URI")]
    [InlineData(
        "format: folders\n  file: [s3://a, s3://b, s3://c, s3://d, s3://e, s3://f, s3://g, s3://h, s3://i, s3://j, s3://k]",
        4,
        "has 11 prefixes; a training job has channels for 10"
    )]
    [InlineData("format: folders\n  file: photos\n  split: time", 5, "whose files have no order in time")]
    [InlineData("format: folders\n  file: photos\n  splitKey: patient", 5, "must have one group")]
    [InlineData("format: folders\n  file: photos\n  splitKey: (", 5, "is not a pattern that can be used")]
    public void A_key_that_does_not_go_with_contents_is_refused(string data, int line, string problem)
    {
        var refused = Should.Throw<UserError>(() =>
            ProjectDescription.Parse(
                $"name: pets\ndata:\n  {data}\nlabels: [cat, dog]\ntraining:\n  algorithm: pytorch\n"
            )
        );

        refused.Message.ShouldStartWith($"plumbline.yaml:{line}");
        refused.Message.ShouldContain(problem);
    }

    [Theory]
    [InlineData("algorithm: container", 6, "is missing: algorithm: container needs the image that trains")]
    [InlineData("algorithm: container\n  image: fruit", 7, "must be an image in ECR")]
    [InlineData("algorithm: container\n  code: src", 7, "needs algorithm: pytorch or algorithm: dotnet")]
    [InlineData("image: 111122223333.dkr.ecr.eu-west-1.amazonaws.com/a:1", 6, "needs algorithm: container, or")]
    [InlineData("algorithm: pytorch\n  input: fastfile", 7, "goes with images or texts that are in S3")]
    [InlineData("algorithm: pytorch\n  input: pipe", 7, "must be one of file, fastfile, not 'pipe'")]
    public void An_image_or_an_input_mode_that_does_not_fit_is_refused(string training, int line, string problem)
    {
        var refused = Should.Throw<UserError>(() =>
            ProjectDescription.Parse($"name: pets\ndata:\n  file: a.csv\nlabels: [cat, dog]\ntraining:\n  {training}\n")
        );

        refused.Message.ShouldContain(problem);
        refused.Message.ShouldStartWith($"plumbline.yaml:{line}");
    }

    [Fact]
    public void Contents_need_the_projects_own_code() =>
        Should
            .Throw<UserError>(() =>
                ProjectDescription.Parse("name: pets\ndata:\n  format: folders\n  file: photos\nlabels: [cat, dog]\n")
            )
            .Message.ShouldContain("data.format: folders needs training.algorithm: pytorch");
}
