using System.Globalization;
using System.Text;
using Plumbline.Records;
using Plumbline.Records.Project;

namespace Plumbline.Loop.Project;

/// <summary>The files that <c>plumb new</c> writes: a project that is ready to train.</summary>
public static class ProjectTemplate
{
    /// <summary>The steps of a commit's build; the same file for the local cloud and for AWS.</summary>
    public const string Buildspec = """
        # What a commit starts. The same file runs in the local cloud and on AWS CodeBuild.
        version: 0.2
        phases:
          build:
            commands:
              - plumb validate
              - plumb retrain --trigger "${TRIGGER:-hand}" --commit "$CODEBUILD_RESOLVED_SOURCE_VERSION"

        """;

    private const int Rows = 600;

    /// <summary>The files of a project with generated data, to be replaced with a person's own.</summary>
    public static IReadOnlyDictionary<string, string> Moons(string name) =>
        new Dictionary<string, string> { [ProjectFolder.DescriptionFile] = Yaml(name), ["data.csv"] = Data() };

    /// <summary>Writes the files, and a buildspec, into a new folder.</summary>
    /// <exception cref="UserError">The name is invalid, or the folder exists and is not empty.</exception>
    public static ProjectFolder Create(string parent, string name, IReadOnlyDictionary<string, string> files)
    {
        var project = ProjectDescription.Parse(files[ProjectFolder.DescriptionFile]);
        var root = Path.GetFullPath(Path.Combine(parent, name));
        if (Directory.Exists(root) && Directory.EnumerateFileSystemEntries(root).Any())
        {
            throw new UserError(root, "exists already and is not empty: choose another name, or remove the folder");
        }

        foreach (var (path, text) in files.Append(new("buildspec.yml", Buildspec)))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(root, path))!);
            File.WriteAllText(Path.Combine(root, path), text);
        }

        return new ProjectFolder(root, project);
    }

    private static string Yaml(string name) =>
        $"""
            # The project's description. docs/plumbline.yaml.md has every key with its default.
            name: {name}

            data:
              file: data.csv      # a header line, then one row a line
              label: label        # the column with the true label

            labels: [no, yes]

            training:
              instance: ml.m5.xlarge   # on SageMaker; for a network on four GPUs: ml.g6.12xlarge
              rounds: 100         # the new model, from scratch
              addedRounds: 20     # the old model: production's, trained further
              hyperparameters:
                max_depth: 4
                eta: 0.3
                seed: 42

            quality:
              threshold: 0.80     # under this accuracy the loop trains again

            monitor:
              schedule: daily

            """;

    /// <summary>Two noisy moons: enough to see the loop at work without data of one's own.</summary>
    private static string Data()
    {
        var random = new Random(42);
        var csv = new StringBuilder("label,x,y\n");
        for (var row = 0; row < Rows; row++)
        {
            var yes = row % 2 == 1;
            var angle = random.NextDouble() * Math.PI;
            var x = (yes ? 1 - Math.Cos(angle) : Math.Cos(angle)) + Noise(random);
            var y = (yes ? 0.5 - Math.Sin(angle) : Math.Sin(angle)) + Noise(random);
            csv.Append(CultureInfo.InvariantCulture, $"{(yes ? "yes" : "no")},{x:0.0000},{y:0.0000}\n");
        }

        return csv.ToString();
    }

    private static double Noise(Random random) => (random.NextDouble() - 0.5) * 0.4;
}
