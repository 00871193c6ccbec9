using System.Text.RegularExpressions;
using Plumbline.Aws.Instances;
using Plumbline.Aws.Models;
using Plumbline.Records.Quality;

namespace Plumbline.Records.Project;

/// <summary>Reads the sections with instances: training, processing, endpoint.</summary>
internal static partial class InstanceSections
{
    public static TrainingDescription Training(YamlSection root, TaskKind task)
    {
        var d = new TrainingDescription();
        var s = root.Section(
            "training",
            "algorithm",
            "code",
            "image",
            "input",
            "version",
            "model",
            "rounds",
            "addedRounds",
            "recipes",
            "hyperparameters",
            "instance",
            "volume",
            "maxRuntime",
            "spot",
            "maxWait"
        );
        var algorithm = s.Choice(
            "algorithm",
            d.Algorithm,
            ("xgboost", "xgboost"),
            (TrainingDescription.PyTorch, TrainingDescription.PyTorch),
            (TrainingDescription.Dotnet, TrainingDescription.Dotnet),
            (TrainingDescription.Container, TrainingDescription.Container)
        );
        var code = s.Text("code", d.Code);
        var given = new TrainingDescription { Algorithm = algorithm };
        var bringsCode = given.BringsCode();
        if (s.Has("code") && !given.HasCode())
            throw s.Error(
                "code",
                $"needs algorithm: {TrainingDescription.PyTorch} or algorithm: {TrainingDescription.Dotnet}"
            );
        if (s.Has("model") && algorithm != TrainingDescription.PyTorch)
            throw s.Error("model", $"needs algorithm: {TrainingDescription.PyTorch}");
        if (Path.IsPathRooted(code) || code.Split('/', '\\').Contains(".."))
            throw s.Error("code", "must be a folder inside the project's folder");
        var own = s.Section("hyperparameters", null);
        foreach (var (key, instead) in bringsCode ? DerivedOfCode : Derived)
        {
            if (own.Has(key) && (key != Objective || task == TaskKind.Classification))
                throw own.Error(key, instead);
        }
        if (task == TaskKind.Regression && !bringsCode)
            own.Choice(Objective, "", [.. OfNumbers.Select(name => (name, name))]);
        if (own.Keys.FirstOrDefault(key => key.StartsWith("sagemaker_", StringComparison.Ordinal)) is { } reserved)
            throw own.Error(reserved, "must not begin with sagemaker_, which AWS's toolkit reserves");
        var maxRuntime = Runtime(s, d.MaxRuntime, LongestTraining);
        var spot = s.Flag("spot", d.Spot);
        return new TrainingDescription
        {
            Algorithm = algorithm,
            Code = code,
            Image = Image(s, given),
            Input = s.Choice("input", d.Input, ("file", TrainingInput.File), ("fastfile", TrainingInput.FastFile)),
            Version = Version(s, algorithm, d.Version),
            Model = s.Choice(
                "model",
                d.Model,
                (TrainingDescription.Handler, TrainingDescription.Handler),
                (TrainingDescription.Onnx, TrainingDescription.Onnx)
            ),
            Rounds = s.Whole("rounds", d.Rounds, 1, 100_000),
            AddedRounds = s.Whole("addedRounds", d.AddedRounds, 1, 100_000),
            Recipes = Recipes(s, bringsCode, own),
            Hyperparameters = own.Keys.Order(StringComparer.Ordinal).ToDictionary(key => key, key => own.Text(key, "")),
            Instance = Instance(s, d.Instance),
            Volume = s.Whole("volume", d.Volume, 1, 16_384),
            MaxRuntime = maxRuntime,
            Spot = spot,
            MaxWait = MaxWait(s, spot, maxRuntime),
        };
    }

    private static IReadOnlyList<string> Recipes(YamlSection s, bool bringsCode, YamlSection hyperparameters)
    {
        var recipes = s.Texts("recipes");
        if (recipes.Count == 0)
            return [];
        if (recipes.FirstOrDefault(name => !TrainingDescription.KnownRecipes.Contains(name)) is { } unknown)
            throw s.Error(
                "recipes",
                unknown is "old" or "new"
                    ? $"'{unknown}' is always trained: leave it out"
                    : $"'{unknown}' is not one of {string.Join(", ", TrainingDescription.KnownRecipes)}"
            );
        if (bringsCode)
            throw s.Error("recipes", "needs algorithm: xgboost: models of own code cannot be merged into a blend");
        if (hyperparameters.Text("booster", "gbtree") != "gbtree")
            throw s.Error("recipes", "needs the hyperparameter booster: gbtree: other models cannot be merged");
        return [.. TrainingDescription.KnownRecipes.Where(recipes.Contains)];
    }

    private static readonly TimeSpan LongestTraining = TimeSpan.FromDays(28);
    private static readonly TimeSpan UsualWait = TimeSpan.FromDays(1);

    private static string? Image(YamlSection s, TrainingDescription training) =>
        (AwsSection.Image(s, "image"), training) switch
        {
            (null, var one) when one.IsContainer() => throw s.Error(
                "image",
                "is missing: algorithm: container needs the image that trains, ACCOUNT.dkr.ecr.REGION.amazonaws.com/REPOSITORY:TAG"
            ),
            ({ }, var one) when !one.IsContainer() && !one.IsPyTorch() => throw s.Error(
                "image",
                $"needs algorithm: {TrainingDescription.Container}, or algorithm: {TrainingDescription.PyTorch} with an image that runs scripts as AWS's do"
            ),
            var (image, _) => image,
        };

    private static string Version(YamlSection s, string algorithm, string otherwise)
    {
        var version = s.Text("version", otherwise);
        if (s.Has("version") && algorithm != TrainingDescription.PyTorch)
            throw s.Error("version", $"needs algorithm: {TrainingDescription.PyTorch}");
        return PyTorchVersion.Find(version)?.Name
            ?? throw s.Error(
                "version",
                $"must be a version of which AWS has images for training and for serving, not '{version}': "
                    + $"{string.Join(", ", PyTorchVersion.Known.Select(one => one.Name))}"
            );
    }

    private static TimeSpan MaxWait(YamlSection s, bool spot, TimeSpan maxRuntime)
    {
        if (!spot)
            return s.Has("maxWait") ? throw s.Error("maxWait", "needs spot: true") : TimeSpan.Zero;
        var usual = maxRuntime + UsualWait;
        var wait = s.Duration("maxWait", usual < LongestTraining ? usual : LongestTraining, LongestTraining);
        return wait >= maxRuntime
            ? wait
            : throw s.Error(
                "maxWait",
                $"must be at least maxRuntime, {Durations.Format(maxRuntime)}: "
                    + "it includes the training and all waiting for instances"
            );
    }

    private const string Objective = "objective";

    /// <summary>The objectives of a regression; the first is the default.</summary>
    private static readonly string[] OfNumbers =
    [
        TrainingDescription.SquaredError,
        "reg:absoluteerror",
        "reg:pseudohubererror",
        "reg:squaredlogerror",
        "reg:gamma",
        "reg:tweedie",
        "count:poisson",
    ];

    private static readonly (string Key, string Instead)[] Derived =
    [
        ("num_round", "is set by training.rounds and training.addedRounds"),
        ("class_labels", "is set by labels"),
        ("num_class", "is set by the number of labels"),
        (Objective, "is set by the labels: binary:logistic for two, multi:softprob for more"),
    ];

    private static readonly (string Key, string Instead)[] DerivedOfCode =
    [
        ("epochs", "is set by training.rounds and training.addedRounds"),
        ("class_labels", "is set by labels"),
    ];

    public static ProcessingDescription Processing(YamlSection root)
    {
        var d = new ProcessingDescription();
        var s = root.Section("processing", "instance", "volume", "maxRuntime");
        return new ProcessingDescription
        {
            Instance = Instance(s, d.Instance),
            Volume = s.Whole("volume", d.Volume, 1, 16_384),
            MaxRuntime = Runtime(s, d.MaxRuntime, TimeSpan.FromDays(5)),
        };
    }

    public static EndpointDescription Endpoint(YamlSection root)
    {
        var d = new EndpointDescription();
        var s = root.Section(
            "endpoint",
            "instance",
            "count",
            "routing",
            "step",
            "bake",
            "amiVersion",
            "startupTimeout",
            "downloadTimeout"
        );
        var endpoint = new EndpointDescription
        {
            Instance = Instance(s, d.Instance),
            Count = s.Whole("count", d.Count, 1, 1000),
            Routing = s.Choice(
                "routing",
                d.Routing,
                ("all-at-once", TrafficRouting.AllAtOnce),
                ("canary", TrafficRouting.Canary),
                ("linear", TrafficRouting.Linear)
            ),
            // AWS accepts at most half of the instances in the first step.
            Step = s.Share("step", d.Step, 0.5),
            Bake = s.Duration("bake", d.Bake, TimeSpan.FromHours(1)),
            AmiVersion = Ami(s),
            StartupTimeout = Timeout(s, "startupTimeout"),
            DownloadTimeout = Timeout(s, "downloadTimeout"),
        };
        if (endpoint is { Count: 1, Routing: not TrafficRouting.AllAtOnce })
            throw s.Error("routing", "canary and linear need count: 2 or more; one instance changes all at once");
        return endpoint;
    }

    /// <summary>One of the instance images in AWS's API; null for SageMaker's default.</summary>
    private static string? Ami(YamlSection s)
    {
        if (!s.Has("amiVersion"))
            return null;
        var known = ServiceModel
            .For("sagemaker")
            .Operations["CreateEndpointConfig"]
            .Input!.Members["ProductionVariants"]
            .Member.Members["InferenceAmiVersion"]
            .Enum;
        return s.Choice("amiVersion", "", [.. known.Select(name => (name, name))]);
    }

    /// <summary>AWS accepts 60 to 3,600 seconds; null for AWS's default.</summary>
    private static TimeSpan? Timeout(YamlSection s, string key)
    {
        if (!s.Has(key))
            return null;
        var timeout = s.Duration(key, TimeSpan.Zero, TimeSpan.FromHours(1));
        return timeout >= TimeSpan.FromMinutes(1)
            ? timeout
            : throw s.Error(key, "must be at least 1m, which is AWS's minimum");
    }

    private static string Instance(YamlSection s, string otherwise)
    {
        var instance = s.Text("instance", otherwise);
        return InstancePattern().IsMatch(instance)
            ? instance
            : throw s.Error("instance", $"must be an instance type like ml.m5.large, not '{instance}'");
    }

    private static TimeSpan Runtime(YamlSection s, TimeSpan otherwise, TimeSpan most)
    {
        var runtime = s.Duration("maxRuntime", otherwise, most);
        return runtime > TimeSpan.Zero ? runtime : throw s.Error("maxRuntime", "must be longer than 0");
    }

    [GeneratedRegex(@"^ml\.[a-z0-9-]+\.[a-z0-9-]+$")]
    public static partial Regex InstancePattern();
}
