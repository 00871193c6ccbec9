using System.Text.Json;
using Plumbline.XGBoost;

namespace Plumbline.Jobs.Train;

/// <summary>The input channels of the job, checked against those that this program takes.</summary>
public sealed class Channels
{
    private const string ConfigurationFile = "inputdataconfig.json";
    private static readonly string[] Known = ["train", "validation", "model", "code"];
    private readonly JobFolders folders;
    private readonly HashSet<string> names;

    private Channels(JobFolders folders, HashSet<string> names, DataFormat format)
    {
        this.folders = folders;
        this.names = names;
        Format = format;
    }

    /// <summary>How the data are written: the channel train says it, for both.</summary>
    public DataFormat Format { get; }

    /// <param name="image">The version of AWS's image that is stood for; null for Plumbline's own.</param>
    /// <exception cref="InputException">One is missing, too many, or of a type that is not read.</exception>
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

    /// <summary>The folder of a channel, or null where the job does not have it.</summary>
    public string? Folder(string name) => names.Contains(name) ? folders.Channel(name) : null;

    private static string? ContentType(JsonElement channel) =>
        channel.ValueKind == JsonValueKind.Object && channel.TryGetProperty("ContentType", out var value)
            ? value.GetString()
            : null;
}
