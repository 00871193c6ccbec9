using System.Text.Json;
using Plumbline.LocalCloud.Processes.Jobs;
using Plumbline.LocalCloud.State;

namespace Plumbline.LocalCloud.Processes.Images;

/// <summary>The program that stands for an image.</summary>
/// <param name="Image">A glob over image URIs: <c>*</c> is any text.</param>
/// <param name="Command">The program, as the image's ENTRYPOINT would have it.</param>
/// <param name="Algorithm">
/// <c>plumbline-jobs</c>, <c>plumbline-serving</c>, <c>xgboost</c> (AWS's built-in), <c>script</c> (AWS's framework
/// images in script mode) or <c>exec</c>.
/// </param>
public sealed record ImageProgram(string Image, IReadOnlyList<string> Command, string Algorithm)
{
    /// <summary>The port that its server insists on, whatever SAGEMAKER_BIND_TO_PORT says; null where it obeys.</summary>
    public int? Port { get; init; }

    /// <summary>Puts what lies beside the program first on the PATH, as an image's own programs are.</summary>
    public void AddTo(IDictionary<string, string> environment)
    {
        if (Path.IsPathRooted(Command[0]))
        {
            var others = environment.TryGetValue("PATH", out var path) ? ":" + path : "";
            environment["PATH"] = Path.GetDirectoryName(Command[0]) + others;
        }
    }
}

/// <summary>The table of programs behind image URIs, which whoever starts the local cloud writes into its data folder.</summary>
public sealed class ImageTable(DataFolder data)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    /// <summary>The program of an image, or null.</summary>
    /// <exception cref="IOException">The table cannot be read.</exception>
    public ImageProgram? Find(string image) => Read().Find(entry => Matches(entry.Image, image));

    /// <summary>The program of an image.</summary>
    /// <exception cref="JobFailure">No line of the table has it.</exception>
    internal ImageProgram Require(string image) =>
        Find(image)
        ?? throw new JobFailure(
            $"ClientError: No program stands for the image {image} on this machine: add a line for it to {data.ImagesFile}."
        );

    /// <summary>Whether a glob matches a whole text.</summary>
    internal static bool Matches(string glob, string text)
    {
        var parts = glob.Split('*');
        if (parts.Length == 1)
        {
            return glob == text;
        }

        if (
            !text.StartsWith(parts[0], StringComparison.Ordinal)
            || !text.EndsWith(parts[^1], StringComparison.Ordinal)
            || text.Length < parts[0].Length + parts[^1].Length
        )
        {
            return false;
        }

        var middle = text[parts[0].Length..(text.Length - parts[^1].Length)];
        foreach (var part in parts[1..^1])
        {
            var at = middle.IndexOf(part, StringComparison.Ordinal);
            if (at < 0)
            {
                return false;
            }

            middle = middle[(at + part.Length)..];
        }

        return true;
    }

    private List<ImageProgram> Read()
    {
        if (!File.Exists(data.ImagesFile))
        {
            return [];
        }

        try
        {
            return JsonSerializer.Deserialize<List<ImageProgram>>(File.ReadAllText(data.ImagesFile), Options) ?? [];
        }
        catch (JsonException exception)
        {
            throw new IOException(
                $"{data.ImagesFile} is not the JSON table it should be: {exception.Message}",
                exception
            );
        }
    }
}
