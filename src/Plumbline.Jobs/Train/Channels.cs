using System.Text.Json;
using Plumbline.Tables;
using Plumbline.XGBoost.Csv;
using Plumbline.XGBoost.Inputs;

namespace Plumbline.Jobs.Train;

/// <summary>The job's input channels. Only train, validation, weights, model, encoder and code are valid.</summary>
public sealed class Channels
{
    private const string ConfigurationFile = "inputdataconfig.json";
    private static readonly string[] Known = ["train", "validation", "weights", "model", "encoder", "code"];
    private readonly JobFolders folders;
    private readonly HashSet<string> names;

    private Channels(JobFolders folders, HashSet<string> names, DataFormat format)
    {
        this.folders = folders;
        this.names = names;
        Format = format;
    }

    /// <summary>The data format. The channel train names it, for train and validation.</summary>
    public DataFormat Format { get; }

    /// <param name="image">
    /// The version of the AWS image that this program replaces; null for Plumbline's own image.
    /// </param>
    /// <exception cref="InputException">
    /// A channel is missing or unknown, or its content type is not supported.
    /// </exception>
    public static Channels Read(JobFolders folders, Version? image = null)
    {
        using var configuration = JsonInput.Read(folders.Configuration, ConfigurationFile);
        var names = new HashSet<string>();
        var format = DataFormat.Csv;
        foreach (var channel in configuration.RootElement.EnumerateObject())
        {
            if (!Known.Contains(channel.Name))
            {
                throw new InputException($"channel {channel.Name}", $"Extraneous channel found: {channel.Name}");
            }
            if (channel.Name is "train" or "validation")
            {
                var written = DataFormats.Of(ContentType(channel.Value), image, $"channel {channel.Name}");
                format = channel.Name == "train" ? written : format;
            }
            names.Add(channel.Name);
        }
        return names.Contains("train")
            ? new Channels(folders, names, format)
            : throw new InputException("channel train", "Missing required channel: train");
    }

    /// <summary>Returns the folder of a channel, or null if the job does not have the channel.</summary>
    public string? Folder(string name) => names.Contains(name) ? folders.Channel(name) : null;

    /// <summary>The columns of the channels' rows; null if they have numbers only.</summary>
    public TableSchema? Schema => EncodedCsv.SchemaOf(folders.Channel("train"), "channel train");

    private static string? ContentType(JsonElement channel) =>
        channel.ValueKind == JsonValueKind.Object && channel.TryGetProperty("ContentType", out var value)
            ? value.GetString()
            : null;
}
