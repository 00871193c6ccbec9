using System.Runtime.InteropServices;
using System.Text.Json;

namespace Plumbline.Cli;

/// <summary>
/// The table of programs behind image URIs, <c>images.json</c> in the data folder: which program of this machine
/// stands for an image. The programs are built beside the CLI.
/// </summary>
internal static class ImageTable
{
    private static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Writes the table: what this CLI brings; entries that a person added stay.</summary>
    public static void Write(string dataFolder)
    {
        Directory.CreateDirectory(dataFolder);
        var path = Path.Combine(dataFolder, "images.json");
        var own = Own();
        var added = Read(path).Where(entry => own.TrueForAll(mine => mine.Image != entry.Image));
        File.WriteAllText(path, JsonSerializer.Serialize(own.Concat(added), Indented) + "\n");
    }

    private static List<Entry> Own()
    {
        string[] Program(string folder, string name) =>
            [Dotnet(), Path.Combine(AppContext.BaseDirectory, folder, name + ".dll")];
        var jobs = Program("jobs", "plumbline-jobs");
        return
        [
            new("*/plumbline-jobs:*", jobs, "plumbline-jobs"),
            new("*/plumbline-serving:*", Program("serving", "plumbline-serving"), "plumbline-serving"),
            new("*/sagemaker-xgboost:*", jobs, "xgboost"),
            new("*/pytorch-training:*", [PythonWithTorch()], "script"),
            new("*/pytorch-inference:*", [PythonWithTorch()], "script"),
            new("*/sagemaker-scikit-learn:*", ["python3"], "script"),
        ];
    }

    /// <summary>The dotnet that runs this program, found from its shared framework: three folders above.</summary>
    private static string Dotnet() =>
        Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));

    /// <summary>The first python3 on the PATH that has PyTorch, be it Debian's, pip's or a virtual environment's.</summary>
    private static string PythonWithTorch() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(':', StringSplitOptions.RemoveEmptyEntries)
            .FirstOrDefault(folder => File.Exists(Path.Combine(folder, "python3")) && HasTorch(folder))
            is { } found
            ? Path.Combine(found, "python3")
            : "python3";

    private static bool HasTorch(string folder)
    {
        var libraries = Path.GetFullPath(Path.Combine(folder, "..", "lib"));
        return Directory.Exists(libraries)
            && Directory
                .EnumerateDirectories(libraries, "python3*")
                .SelectMany(python => Directory.EnumerateDirectories(python, "*-packages"))
                .Any(packages => Directory.Exists(Path.Combine(packages, "torch")));
    }

    private static List<Entry> Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<List<Entry>>(File.ReadAllText(path), Indented) ?? [];
        }
        catch (FileNotFoundException)
        {
            return [];
        }
    }

    private sealed record Entry(string Image, string[] Command, string Algorithm);
}
