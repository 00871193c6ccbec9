using System.Globalization;
using System.Text.Json;
using Plumbline.XGBoost.Inputs;

namespace Plumbline.Jobs.Train;

/// <summary>
/// The variables SM_* and the arguments that AWS's training toolkit makes of a job's files. Plumbline's image does not
/// have the toolkit.
/// </summary>
internal sealed class JobEnvironmentVariables
{
    private readonly JobFolders folders;
    private readonly List<string> channels;
    private readonly SortedDictionary<string, string> hyperparameters = new(StringComparer.Ordinal);
    private readonly string resources;

    /// <exception cref="InputException">A file of the job's configuration is missing or invalid.</exception>
    public JobEnvironmentVariables(JobFolders folders)
    {
        this.folders = folders;
        using (var given = JsonInput.Read(folders.Configuration, "inputdataconfig.json"))
        {
            channels = [.. given.RootElement.EnumerateObject().Select(channel => channel.Name).Order()];
        }

        using (var given = JsonInput.Read(folders.Configuration, "hyperparameters.json"))
        {
            foreach (var one in given.RootElement.EnumerateObject())
            {
                hyperparameters[one.Name] = one.Value.GetString() ?? "";
            }
        }

        resources = "{}";
        if (File.Exists(Path.Combine(folders.Configuration, "resourceconfig.json")))
        {
            using var given = JsonInput.Read(folders.Configuration, "resourceconfig.json");
            resources = given.RootElement.GetRawText();
        }
    }

    /// <summary>The project's labels; empty in a regression.</summary>
    public IReadOnlyList<string> Labels =>
        hyperparameters.TryGetValue("class_labels", out var text)
            ? JsonSerializer.Deserialize<string[]>(text) ?? []
            : [];

    /// <summary>The hyperparameters as arguments: <c>--epochs 8</c>.</summary>
    public IEnumerable<string> Arguments() =>
        hyperparameters.SelectMany(one => (string[])[(one.Key.Length == 1 ? "-" : "--") + one.Key, one.Value]);

    public IEnumerable<KeyValuePair<string, string>> Variables()
    {
        string At(params string[] path) => Path.Combine([folders.Root, .. path]);
        Dictionary<string, string> all = new()
        {
            ["SM_BASE_DIR"] = folders.Root,
            ["SM_MODEL_DIR"] = folders.Model,
            ["SM_INPUT_DIR"] = At("input"),
            ["SM_INPUT_DATA_DIR"] = At("input", "data"),
            ["SM_INPUT_CONFIG_DIR"] = folders.Configuration,
            ["SM_OUTPUT_DIR"] = At("output"),
            ["SM_OUTPUT_DATA_DIR"] = At("output", "data"),
            ["SM_OUTPUT_FAILURE"] = folders.Failure,
            ["SM_CHANNELS"] = JsonSerializer.Serialize(channels),
            ["SM_RESOURCE_CONFIG"] = resources,
            ["SM_NUM_CPUS"] = Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture),
            ["SM_NUM_GPUS"] = GpuCount().ToString(CultureInfo.InvariantCulture),
            ["SM_HPS"] =
                $"{{{string.Join(",", hyperparameters.Select(one => $"{JsonSerializer.Serialize(one.Key)}:{Parsed(one.Value)}"))}}}",
        };
        foreach (var channel in channels)
        {
            all[$"SM_CHANNEL_{VariableName(channel)}"] = folders.Channel(channel);
        }

        foreach (var (name, value) in hyperparameters)
        {
            all[$"SM_HP_{VariableName(name)}"] = value;
        }

        return all;
    }

    private static string VariableName(string name) => name.Replace('-', '_').ToUpperInvariant();

    /// <summary>The devices that NVIDIA's runtime adds to a container.</summary>
    private static int GpuCount() =>
        Directory
            .GetFiles("/dev", "nvidia*")
            .Count(file => int.TryParse(Path.GetFileName(file)["nvidia".Length..], out _));

    /// <summary>Like the toolkit, a text that is JSON stands for its value.</summary>
    private static string Parsed(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            return json.RootElement.GetRawText();
        }
        catch (JsonException)
        {
            return JsonSerializer.Serialize(text);
        }
    }
}
