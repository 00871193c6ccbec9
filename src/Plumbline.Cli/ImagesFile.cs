using System.Runtime.InteropServices;
using Plumbline.LocalCloud.Processes.Images;
using Plumbline.LocalCloud.State;
using Plumbline.Records;

namespace Plumbline.Cli;

/// <summary>
/// The table of programs behind image URIs, <c>images.json</c> in the data folder. A person's lines come first and
/// never change; the lines of this CLI follow and are replaced at each start. <c>images-shipped.json</c> records every
/// line that any version of the CLI wrote: it tells a line that a person edited from a line of an older CLI.
/// </summary>
internal static class ImagesFile
{
    /// <exception cref="UserError">The table is not valid JSON, or a line of it is invalid.</exception>
    public static void Write(string dataFolder)
    {
        Directory.CreateDirectory(dataFolder);
        var table = Path.Combine(dataFolder, "images.json");
        var record = Path.Combine(dataFolder, "images-shipped.json");
        var lines = Read(table);
        var shipped = Shipped();
        var brought = File.Exists(record) ? Read(record) : lines.Where(line => IsUnrecorded(line, shipped));
        // The record first: after a crash in between, no line of a CLI is taken for a person's.
        var everBrought = brought.Concat(shipped).DistinctBy(ImageLines.Write).ToList();
        DurableFile.Replace(record, ImageLines.Write(everBrought));
        var known = everBrought.Select(ImageLines.Write).ToHashSet();
        var persons = lines.Where(line => !known.Contains(ImageLines.Write(line))).ToList();
        var rest = shipped.Where(line => persons.TrueForAll(mine => mine.Image != line.Image));
        DurableFile.Replace(table, ImageLines.Write(persons.Concat(rest)));
    }

    private static List<ImageProgram> Shipped()
    {
        string[] Program(string folder, string name) =>
            [Dotnet(), Path.Combine(AppContext.BaseDirectory, folder, name + ".dll")];
        ImageProgram Python(string image, string module) => new(image, ["python3"], "script") { Imports = module };
        var jobs = Program("jobs", "plumbline-jobs");
        return
        [
            new("*/plumbline-jobs:*", jobs, "plumbline-jobs"),
            new("*/plumbline-serving:*", Program("serving", "plumbline-serving"), "plumbline-serving"),
            new("*/sagemaker-xgboost:*", jobs, "xgboost"),
            Python("*/sagemaker-xgboost-script:*", "xgboost"),
            Python("*/pytorch-training:*", "torch"),
            Python("*/pytorch-inference:*", "torch"),
            Python("*/sagemaker-scikit-learn:*", "sklearn"),
        ];
    }

    /// <summary>True if the line is from a CLI that did not write images-shipped.json yet.</summary>
    private static bool IsUnrecorded(ImageProgram line, List<ImageProgram> shipped) =>
        shipped.Exists(mine => mine.Image == line.Image && mine.Algorithm == line.Algorithm)
        && (
            Path.GetFileName(line.Command[^1]) is "plumbline-jobs.dll" or "plumbline-serving.dll"
            || line is { Command: ["python3"], Imports: null }
        );

    /// <summary>The dotnet executable that runs this program, three folders above the shared framework.</summary>
    private static string Dotnet() =>
        Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));

    private static IReadOnlyList<ImageProgram> Read(string path)
    {
        try
        {
            return File.Exists(path) ? ImageLines.Parse(File.ReadAllText(path)) : [];
        }
        catch (InvalidDataException exception)
        {
            throw new UserError(
                path,
                $"{exception.Message} (correct it, or move the file away: `plumb up` writes a new one)"
            );
        }
    }
}
