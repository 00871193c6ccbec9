using System.Formats.Tar;
using System.IO.Compression;
using System.Text.Json;

namespace Plumbline.Training;

/// <summary>
/// The training job in which this program runs, under SageMaker's contract: folders below <c>/opt/ml</c>, and variables
/// that begin with SM_. A program may read all of it without this class, too.
/// </summary>
public sealed class Job
{
    private const string EarlierModelChannel = "model";

    private readonly string root;

    private Job(string root) => this.root = root;

    /// <summary>The job below SAGEMAKER_BASE_DIR, by default <c>/opt/ml</c>.</summary>
    /// <exception cref="InvalidDataException">A file of the job's settings is not a JSON object.</exception>
    public static Job FromEnvironment() =>
        new(Environment.GetEnvironmentVariable("SAGEMAKER_BASE_DIR") is { Length: > 0 } given ? given : "/opt/ml");

    /// <summary>The hyperparameters of <c>training.hyperparameters</c>, and those that Plumbline adds.</summary>
    public JobParameters Parameters => field ??= new JobParameters(Config("hyperparameters.json"));

    /// <summary>The class names of <c>labels</c>, in the order of the class indexes; empty in a regression.</summary>
    public IReadOnlyList<string> Labels =>
        field ??= JsonSerializer.Deserialize<string[]>(Parameters.Text("class_labels", "[]")) ?? [];

    /// <summary>
    /// The epochs to train: <c>training.rounds</c>, or <c>training.addedRounds</c> if the program continues
    /// <see cref="EarlierModel"/>.
    /// </summary>
    public int Epochs => Parameters.Whole("epochs");

    /// <summary>The folder whose files become the model.</summary>
    public string ModelFolder => Variable("SM_MODEL_DIR") ?? Path.Combine(root, "model");

    /// <summary>The folder whose files are stored beside the model, for people.</summary>
    public string OutputFolder => Variable("SM_OUTPUT_DATA_DIR") ?? Path.Combine(root, "output", "data");

    /// <summary>The files from which an interrupted training continues.</summary>
    public JobCheckpoints Checkpoints => new(Path.Combine(root, "checkpoints"));

    /// <summary>The processors that the program should use.</summary>
    public int Cpus => int.TryParse(Variable("SM_NUM_CPUS"), out var cpus) ? cpus : Environment.ProcessorCount;

    /// <summary>The GPUs of the machine.</summary>
    public int Gpus => int.TryParse(Variable("SM_NUM_GPUS"), out var gpus) ? gpus : 0;

    /// <summary>The names of all machines of the job.</summary>
    public IReadOnlyList<string> Hosts =>
        Config("resourceconfig.json") is { } config && config.TryGetValue("hosts", out var hosts)
            ? hosts.Deserialize<string[]>() ?? []
            : [];

    /// <summary>The folder of a channel, such as <c>train</c> or <c>validation</c>; null if the job does not have it.</summary>
    public string? Channel(string name)
    {
        var folder =
            Variable($"SM_CHANNEL_{name.Replace('-', '_').ToUpperInvariant()}")
            ?? Path.Combine(root, "input", "data", name);
        return Directory.Exists(folder) ? folder : null;
    }

    /// <summary>The examples of a channel whose columns are all numbers; empty if the job does not have the channel.</summary>
    /// <exception cref="InvalidDataException">A cell is not a number.</exception>
    public IReadOnlyList<LabelledRow> Rows(string channel) =>
        Channel(channel) is { } folder ? LabelledRow.ReadAll(folder, channel) : [];

    /// <summary>The examples of a channel that are images or texts; empty if the job does not have the channel.</summary>
    /// <exception cref="InvalidDataException">The examples are rows of a table, or a file is missing.</exception>
    public IReadOnlyList<LabelledContent> Contents(string channel) =>
        Channel(channel) is { } folder ? LabelledContent.ReadAll(folder, channel, Channel("content")) : [];

    /// <summary>
    /// Unpacks the model in production, which the candidate <c>old</c> continues; null for a training from scratch.
    /// </summary>
    /// <returns>A folder with the files that an earlier run of this program wrote into its <see cref="ModelFolder"/>.</returns>
    public string? EarlierModel()
    {
        if (
            Channel(EarlierModelChannel) is not { } channel
            || Directory.GetFiles(channel, "*.tar.gz", SearchOption.AllDirectories) is not [var archive, ..]
        )
        {
            return null;
        }

        var folder = Directory.CreateTempSubdirectory("model-").FullName;
        using var packed = new GZipStream(File.OpenRead(archive), CompressionMode.Decompress);
        TarFile.ExtractToDirectory(packed, folder, overwriteFiles: true);
        return folder;
    }

    /// <summary>Prints figures of an epoch, from which SageMaker draws curves and <c>plumb logs</c> shows the course.</summary>
    /// <param name="epoch">The epoch, from 0.</param>
    /// <param name="figures">
    /// Names and values. The curves have <c>train-loss</c>, <c>train-accuracy</c>, <c>validation-loss</c> and
    /// <c>validation-accuracy</c>.
    /// </param>
    public static void Report(int epoch, params IEnumerable<(string Name, double Value)> figures) =>
        Console.WriteLine(
            $"[{epoch}]"
                + string.Concat(
                    figures.Select(one =>
                        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"\t{one.Name}:{one.Value:F5}")
                    )
                )
        );

    private static string? Variable(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    /// <summary>The members of a file of settings; empty if it is missing.</summary>
    private IReadOnlyDictionary<string, JsonElement> Config(string name)
    {
        var file = Path.Combine(root, "input", "config", name);
        try
        {
            return File.Exists(file)
                ? JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(File.ReadAllBytes(file)) ?? []
                : new Dictionary<string, JsonElement>();
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"{name} is not a JSON object: {exception.Message}", exception);
        }
    }
}
