using Plumbline.LocalCloud.State;

namespace Plumbline.LocalCloud.Processes.Images;

/// <summary>The table of programs behind image URIs: a file of the data folder that the user writes.</summary>
internal sealed class ImageTable(DataFolder data, Interpreters interpreters)
{
    /// <summary>Returns the program of an image, or null if no entry matches.</summary>
    /// <exception cref="IOException">
    /// The table cannot be read, or no program on this machine has the entry's module.
    /// </exception>
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

    /// <summary>Returns the first entry that matches an image, or null; does not look for its program.</summary>
    /// <exception cref="IOException">The table cannot be read.</exception>
    internal ImageProgram? Line(string image) => Read().FirstOrDefault(entry => Matches(entry.Image, image));

    /// <summary>Returns the program of an image.</summary>
    /// <exception cref="JobFailure">No entry matches, or its program is not on this machine.</exception>
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

    /// <summary>True if a glob matches the whole text.</summary>
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
