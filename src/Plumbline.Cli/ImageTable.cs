using System.Runtime.InteropServices;
using Plumbline.LocalCloud.Processes.Images;
using Plumbline.LocalCloud.State;
using Plumbline.Records;

namespace Plumbline.Cli;

/// <summary>
/// The table of programs behind image URIs, <c>images.json</c> in the data folder. A person's lines stand first and stay
/// as they are; those that this CLI brings follow, as this CLI has them. <c>images-shipped.json</c> remembers which
/// lines a CLI ever brought, and so tells an edited line from one of an older CLI.
/// </summary>
internal static class ImageTable
{
    /// <summary>Brings the table up to date.</summary>
    /// <exception cref="UserError">A person's line has a typing error.</exception>
    public static void Write(string dataFolder)
    {
        Directory.CreateDirectory(dataFolder);
        var table = Path.Combine(dataFolder, "images.json");
        var record = Path.Combine(dataFolder, "images-shipped.json");
        var lines = Read(table);
        var shipped = Shipped();
        var brought = File.Exists(record) ? Read(record) : lines.Where(line => IsUnrecorded(line, shipped));
        // First what is remembered: after a crash in between no line of a CLI's passes for a person's.
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

    /// <summary>True where a CLI brought a line before there was a record of that.</summary>
    private static bool IsUnrecorded(ImageProgram line, List<ImageProgram> shipped) =>
        shipped.Exists(mine => mine.Image == line.Image && mine.Algorithm == line.Algorithm)
        && (
            Path.GetFileName(line.Command[^1]) is "plumbline-jobs.dll" or "plumbline-serving.dll"
            || line is { Command: ["python3"], Imports: null }
        );

    /// <summary>The dotnet that runs this program, found from its shared framework: three folders above.</summary>
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
                $"{exception.Message} (mend it, or move the file away: `plumb up` writes it anew)"
            );
        }
    }
}
