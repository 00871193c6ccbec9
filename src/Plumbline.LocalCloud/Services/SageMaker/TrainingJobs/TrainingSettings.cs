using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;
using Plumbline.Aws.Views.SageMaker;
using Plumbline.LocalCloud.Processes.Capacity;
using Plumbline.LocalCloud.Processes.Jobs;

namespace Plumbline.LocalCloud.Services.SageMaker.TrainingJobs;

/// <summary>
/// Writes a training job's settings to files in <c>/opt/ml/input/config</c>, and to the SM_* variables that AWS's
/// training toolkit creates.
/// </summary>
internal sealed class TrainingSettings(DescribeTrainingJobResponse job, JobFolder folder, Slot slot)
{
    /// <summary>The number of GPUs that the job has on this machine.</summary>
    public int Gpus => slot.Gpus.Count;

    private const string Host = "algo-1";
    private const string Group = "homogeneousCluster";

    // The loopback is the only interface that every sandbox has.
    private const string Interface = "lo";

    private readonly IReadOnlyDictionary<string, string> parameters = job.HyperParameters;

    /// <summary>The hyperparameters for the script, without the toolkit's own. A text that is JSON is parsed.</summary>
    public JsonObject ScriptParameters { get; } = Decode(job.HyperParameters);

    /// <summary>Returns a hyperparameter of the toolkit itself, such as <c>sagemaker_program</c>, or null.</summary>
    public string? ToolkitParameter(string name)
    {
        var text = parameters.GetValueOrDefault(name);
        return text is { Length: > 1 } && text[0] == '"' ? Tree.Text(TryParse(text)) ?? text : text;
    }

    /// <summary>Returns the script's arguments in the toolkit's order, which is by name.</summary>
    public IEnumerable<string> ScriptArguments() =>
        ScriptParameters
            .OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .SelectMany(pair => (string[])[(pair.Key.Length == 1 ? "-" : "--") + pair.Key, Plain(pair.Value)]);

    public void WriteFiles(string config)
    {
        Write(config, "hyperparameters.json", job.Tree.Object("HyperParameters") ?? []);
        Write(config, "inputdataconfig.json", Channels());
        Write(config, "resourceconfig.json", Resources());
        if (job.CheckpointConfig is { } checkpoints)
        {
            var local = folder.Inside(TrainingContainer.CheckpointFolder(checkpoints));
            Write(
                config,
                "checkpointconfig.json",
                new JsonObject { ["S3Uri"] = checkpoints.S3Uri, ["LocalPath"] = local }
            );
        }
    }

    public void AddTo(Dictionary<string, string> environment)
    {
        environment["TRAINING_JOB_NAME"] = job.TrainingJobName;
        environment["TRAINING_JOB_ARN"] = job.TrainingJobArn;
        AddFolders(environment);
        AddMachine(environment);
        AddParameters(environment);
        environment["SM_TRAINING_ENV"] = TrainingEnvironment().ToJsonString();
    }

    private static JsonObject Decode(IReadOnlyDictionary<string, string> parameters)
    {
        var decoded = new JsonObject();
        foreach (var (name, text) in parameters)
        {
            if (!name.StartsWith("sagemaker_", StringComparison.Ordinal))
            {
                decoded[name] = TryParse(text) ?? JsonValue.Create(text);
            }
        }

        return decoded;
    }

    private static JsonNode? TryParse(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Plain(JsonNode? value) =>
        value is JsonValue text && text.TryGetValue<string>(out var plain) ? plain : value?.ToJsonString() ?? "";

    private static string VariableName(string name) => name.Replace('-', '_').ToUpperInvariant();

    private void AddFolders(Dictionary<string, string> environment)
    {
        environment["SM_BASE_DIR"] = folder.Base;
        if (!folder.Sandboxed)
        {
            environment["SAGEMAKER_BASE_DIR"] = folder.Base;
        }

        environment["SM_MODEL_DIR"] = folder.Inside("/opt/ml/model");
        environment["SM_INPUT_DIR"] = folder.Inside("/opt/ml/input");
        environment["SM_INPUT_DATA_DIR"] = folder.Inside("/opt/ml/input/data");
        environment["SM_INPUT_CONFIG_DIR"] = folder.Inside("/opt/ml/input/config");
        environment["SM_OUTPUT_DIR"] = folder.Inside("/opt/ml/output");
        environment["SM_OUTPUT_DATA_DIR"] = folder.Inside("/opt/ml/output/data");
        environment["SM_OUTPUT_FAILURE"] = folder.Inside("/opt/ml/output/failure");
        environment["SM_OUTPUT_INTERMEDIATE_DIR"] = folder.Inside("/opt/ml/output/intermediate");
        environment["SM_CHANNELS"] = new JsonArray([
            .. ChannelNames().Select(name => JsonValue.Create(name)),
        ]).ToJsonString();
        foreach (var name in ChannelNames())
        {
            environment[$"SM_CHANNEL_{VariableName(name)}"] = folder.Inside($"/opt/ml/input/data/{name}");
        }
    }

    private void AddMachine(Dictionary<string, string> environment)
    {
        var cpus = slot.Cpus.ToString(CultureInfo.InvariantCulture);
        environment["SM_CURRENT_HOST"] = Host;
        environment["SM_HOSTS"] = $"[\"{Host}\"]";
        environment["SM_HOST_COUNT"] = "1";
        environment["SM_CURRENT_HOST_RANK"] = "0";
        environment["SM_MASTER_ADDR"] = folder.Sandboxed ? Host : "127.0.0.1";
        environment["SM_MASTER_PORT"] = "7777";
        environment["SM_NUM_CPUS"] = cpus;
        environment["SM_NUM_GPUS"] = Gpus.ToString(CultureInfo.InvariantCulture);
        environment["SM_NUM_NEURONS"] = "0";
        environment["SM_LOG_LEVEL"] = "20";
        environment["SM_NETWORK_INTERFACE_NAME"] = Interface;
        environment["SM_CURRENT_INSTANCE_TYPE"] = job.ResourceConfig!.InstanceType!;
        environment["SM_RESOURCE_CONFIG"] = Resources().ToJsonString();
        environment["OMP_NUM_THREADS"] = cpus;
        environment["CUDA_VISIBLE_DEVICES"] = string.Join(',', slot.Gpus);
    }

    private void AddParameters(Dictionary<string, string> environment)
    {
        environment["SM_INPUT_DATA_CONFIG"] = Channels().ToJsonString();
        environment["SM_HPS"] = ScriptParameters.ToJsonString();
        environment["SM_USER_ARGS"] = new JsonArray([
            .. ScriptArguments().Select(argument => JsonValue.Create(argument)),
        ]).ToJsonString();
        foreach (var (name, value) in ScriptParameters)
        {
            environment[$"SM_HP_{VariableName(name)}"] = Plain(value);
        }
    }

    private JsonObject TrainingEnvironment() =>
        new()
        {
            ["job_name"] = job.TrainingJobName,
            ["hyperparameters"] = ScriptParameters.DeepClone(),
            ["input_data_config"] = Channels(),
            ["resource_config"] = Resources(),
            ["current_host"] = Host,
            ["hosts"] = new JsonArray(Host),
            ["is_master"] = true,
            ["num_cpus"] = slot.Cpus,
            ["num_gpus"] = Gpus,
            ["model_dir"] = folder.Inside("/opt/ml/model"),
            ["input_dir"] = folder.Inside("/opt/ml/input"),
            ["output_dir"] = folder.Inside("/opt/ml/output"),
            ["output_data_dir"] = folder.Inside("/opt/ml/output/data"),
            ["network_interface_name"] = Interface,
        };

    private IEnumerable<string> ChannelNames() =>
        job.InputDataConfig.Select(channel => channel.ChannelName).Order(StringComparer.Ordinal);

    private JsonObject Channels()
    {
        var channels = new JsonObject();
        foreach (var channel in job.InputDataConfig)
        {
            var described = new JsonObject
            {
                ["TrainingInputMode"] = TrainingInputMode.File,
                ["S3DistributionType"] =
                    channel.DataSource.S3DataSource!.S3DataDistributionType ?? S3DataDistribution.FullyReplicated,
                ["RecordWrapperType"] = channel.RecordWrapperType ?? RecordWrapper.None,
            };
            if (channel.ContentType is { } type)
            {
                described["ContentType"] = type;
            }

            channels[channel.ChannelName] = described;
        }

        return channels;
    }

    private JsonObject Resources()
    {
        var type = job.ResourceConfig!.InstanceType;
        return new JsonObject
        {
            ["current_host"] = Host,
            ["current_instance_type"] = type,
            ["current_group_name"] = Group,
            ["hosts"] = new JsonArray(Host),
            ["instance_groups"] = new JsonArray(
                new JsonObject
                {
                    ["instance_group_name"] = Group,
                    ["instance_type"] = type,
                    ["hosts"] = new JsonArray(Host),
                }
            ),
            ["network_interface_name"] = Interface,
        };
    }

    private void Write(string config, string name, JsonObject content) =>
        File.WriteAllText(Path.Combine(folder.OnHost(config), name), content.ToJsonString());
}
