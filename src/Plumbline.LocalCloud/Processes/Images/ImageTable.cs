using Plumbline.LocalCloud.Processes.Jobs;
using Plumbline.LocalCloud.State;

namespace Plumbline.LocalCloud.Processes.Images;

/// <summary>The table of programs behind image URIs, which whoever starts the local cloud writes into its data folder.</summary>
public sealed class ImageTable(DataFolder data, Interpreters interpreters)
{
    /// <summary>The program of an image, or null.</summary>
    /// <exception cref="IOException">The table cannot be read, or no program of this machine has the line's module.</exception>
    public ImageProgram? Find(string image)
    {
        if (Line(image) is not { } line)
        {
            return null;
        }

        try
        {
            return line.Imports is { } module
                ? line with
                {
                    Command = [interpreters.Find(line.Command[0], module), .. line.Command.Skip(1)],
                }
                : line;
        }
        catch (IOException exception)
        {
            throw new IOException(
                $"{exception.Message} Or name a program for the image {image} in {data.ImagesFile}.",
                exception
            );
        }
    }

    /// <summary>The first line that an image matches, or null; its program is not looked for on this machine.</summary>
    /// <exception cref="IOException">The table cannot be read.</exception>
    internal ImageProgram? Line(string image) => Read().FirstOrDefault(entry => Matches(entry.Image, image));

    /// <summary>The program of an image.</summary>
    /// <exception cref="JobFailure">No line of the table has it, or its program is not here.</exception>
    internal ImageProgram Require(string image)
    {
        try
        {
            return Find(image)
                ?? throw new JobFailure(
                    $"ClientError: No program stands for the image {image} on this machine: add a line for it to {data.ImagesFile}."
                );
        }
        catch (IOException exception)
        {
            throw new JobFailure($"ClientError: {exception.Message}", exception);
        }
    }

    /// <summary>True where a glob matches a whole text.</summary>
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

    private IReadOnlyList<ImageProgram> Read()
    {
        if (!File.Exists(data.ImagesFile))
        {
            return [];
        }

        try
        {
            return ImageLines.Parse(File.ReadAllText(data.ImagesFile));
        }
        catch (InvalidDataException exception)
        {
            throw new IOException($"{data.ImagesFile}: {exception.Message}", exception);
        }
    }
}
