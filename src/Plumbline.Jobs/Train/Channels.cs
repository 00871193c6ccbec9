using System.Text.Json;
using Plumbline.XGBoost;

namespace Plumbline.Jobs.Train;

/// <summary>The input channels of the job, checked against those that this program takes.</summary>
public sealed class Channels
{
    private const string ConfigurationFile = "inputdataconfig.json";
    private static readonly string[] Known = ["train", "validation", "model", "code"];
    private static readonly string[] CsvTypes = ["", "csv", "text/csv"];
    private readonly JobFolders folders;
    private readonly HashSet<string> names;

    private Channels(JobFolders folders, HashSet<string> names)
    {
        this.folders = folders;
        this.names = names;
    }

    /// <exception cref="InputException">One is missing, too many, or not CSV.</exception>
    public static Channels Read(JobFolders folders)
    {
        using var configuration = JsonInput.Read(folders.Configuration, ConfigurationFile);
        var names = new HashSet<string>();
        foreach (var channel in configuration.RootElement.EnumerateObject())
        {
            if (!Known.Contains(channel.Name))
            {
                throw new InputException($"channel {channel.Name}", $"Extraneous channel found: {channel.Name}");
            }
            CheckContentType(channel);
            names.Add(channel.Name);
        }
        return names.Contains("train")
            ? new Channels(folders, names)
            : throw new InputException("channel train", "Missing required channel: train");
    }

    /// <summary>The folder of a channel, or null where the job does not have it.</summary>
    public string? Folder(string name) => names.Contains(name) ? folders.Channel(name) : null;

    private static void CheckContentType(JsonProperty channel)
    {
        if (
            channel.Name is "train" or "validation"
            && channel.Value.ValueKind == JsonValueKind.Object
            && channel.Value.TryGetProperty("ContentType", out var value)
            && value.GetString() is { } type
            && !CsvTypes.Contains(type.Split(';')[0].Trim().ToLowerInvariant())
        )
        {
            throw new InputException($"channel {channel.Name}", $"content type {type} is not text/csv");
        }
    }
}
