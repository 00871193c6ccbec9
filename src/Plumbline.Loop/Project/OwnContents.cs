using System.Globalization;
using System.Reflection;
using Plumbline.Records;
using Plumbline.Records.Data;
using Plumbline.Records.Examples;
using Plumbline.Records.Project;

namespace Plumbline.Loop.Project;

/// <summary>
/// A project around a person's own images or texts: a folder with a subfolder for each class, or JSON Lines. The code that
/// learns from them is written into the project, and is the person's from then on.
/// </summary>
/// <param name="Files">The text files of the project, by path.</param>
/// <param name="Data">The files to copy, by their path in the project.</param>
public sealed record OwnContents(IReadOnlyDictionary<string, string> Files, IReadOnlyDictionary<string, string> Data)
{
    private const int MostLabels = 500;

    /// <summary>Makes the project for a folder, a manifest or a table of texts; null for another table.</summary>
    /// <param name="name">The project's name.</param>
    /// <param name="path">The folder or the file.</param>
    /// <param name="label">The name of the label in the lines of a file.</param>
    /// <exception cref="UserError">An example cannot be used; the message names it.</exception>
    public static OwnContents? Of(string name, string path, string label) =>
        Directory.Exists(path) ? OfFolder(name, Path.TrimEndingDirectorySeparator(path))
        : !File.Exists(path) ? null
        : path.EndsWith(".jsonl", StringComparison.OrdinalIgnoreCase)
            ? ContentLines.IsManifest(path) ? OfLines(name, path, label)
                : null
        : path.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) && TextTable.ToLines(path, label) is { } lines
            ? OfTable(name, path, label, lines)
        : null;

    /// <summary>Copies the data into the project.</summary>
    public void CopyTo(ProjectFolder folder)
    {
        foreach (var (path, from) in Data)
        {
            var to = Path.Combine(folder.Root, path);
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(from, to);
        }
    }

    private static OwnContents OfFolder(string name, string folder)
    {
        var labels = Directory
            .EnumerateDirectories(folder)
            .Select(one => Path.GetFileName(one))
            .Where(one => one[0] != '.')
            .Order(StringComparer.Ordinal)
            .ToList();
        if (labels.Count is < 2 or > MostLabels)
        {
            throw new UserError(
                folder,
                $"has {Plural.Of(labels.Count, "subfolder", "subfolders")}: it needs one for each of 2 to {MostLabels} classes, with the images or texts of the class in it"
            );
        }

        var data = Path.GetFileName(folder);
        return Made(
            name,
            Path.GetDirectoryName(folder)!,
            labels,
            $"format: folders   # a folder for each class\n  file: {ColumnKinds.Text(data)}"
        );
    }

    private static OwnContents OfLines(string name, string path, string label)
    {
        var project = Made(
            name,
            Path.GetDirectoryName(path)!,
            LabelsOf(File.ReadLines(path), label, path),
            Lines(Path.GetFileName(path), label)
        );
        var data = project.Data.ToDictionary(one => one.Key, one => one.Value);
        data[Path.GetFileName(path)] = path;
        return project with { Data = data };
    }

    private static OwnContents OfTable(string name, string path, string label, IReadOnlyList<string> lines)
    {
        var scratch = Directory.CreateTempSubdirectory("plumbline-new-");
        try
        {
            var data = Path.GetFileNameWithoutExtension(path) + ".jsonl";
            var text = string.Concat(lines.Select(line => line + "\n"));
            File.WriteAllText(Path.Combine(scratch.FullName, data), text);
            var project = Made(name, scratch.FullName, LabelsOf(lines, label, path), Lines(data, label));
            return new OwnContents(
                new Dictionary<string, string>(project.Files) { [data] = text },
                new Dictionary<string, string>()
            );
        }
        finally
        {
            scratch.Delete(recursive: true);
        }
    }

    private static string Lines(string file, string label) =>
        $"format: manifest   # a line of JSON for each example\n  file: {ColumnKinds.Text(file)}\n  label: {ColumnKinds.Text(label)}";

    private static List<string> LabelsOf(IEnumerable<string> lines, string label, string path)
    {
        var labels = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var (number, line) in lines.Index().Where(one => one.Item.Trim().Length > 0))
        {
            var place = $"{Path.GetFileName(path)}:{number + 1}";
            labels.Add(
                ContentLabel.Of(line, label)
                    ?? throw new UserError(place, $"has no label '{label}': name the label with --label")
            );
        }

        return labels.Count is >= 2 and <= MostLabels
            ? [.. labels]
            : throw new UserError(
                Path.GetFileName(path),
                $"the label '{label}' has {Plural.Of(labels.Count, "value", "different values")}; a model needs 2 to {MostLabels} classes"
            );
    }

    /// <summary>Makes the project, after each of its examples was read.</summary>
    private static OwnContents Made(string name, string root, IReadOnlyList<string> labels, string data)
    {
        var yaml = Yaml(name, labels, data, "0.5");
        var contents = BaseContents.Read(ProjectDescription.Parse(yaml), root).Examples;
        if (labels.Except(contents.Select(one => one.Example.Label)).FirstOrDefault() is { } empty)
        {
            // Only a folder gives a class without an example.
            throw new UserError(
                empty,
                "this folder has no images or texts, so no model can learn its class: add some, or remove the folder"
            );
        }

        var most = contents.CountBy(one => one.Example.Label).MaxBy(one => one.Value);
        var share = Math.Clamp((double)most.Value / contents.Count, 0.01, 0.99);
        if (contents.FirstOrDefault(one => one.Example.Content.Type == ContentTypes.Json) is { } row)
        {
            throw new UserError(
                row.Example.Id,
                "has a row as JSON, and `plumb new` writes code for images and texts only: begin with `plumb new NAME`, and write data.format: manifest and your own code"
            );
        }

        var text = contents.FirstOrDefault(one => one.Example.Content.Type == ContentTypes.Text);
        if (text is not null && contents.Any(one => one.Example.Content.Type != ContentTypes.Text))
        {
            throw new UserError(
                text.Example.Id,
                "is a text among images: the code of one model reads either images or texts"
            );
        }

        return new OwnContents(
            new Dictionary<string, string>(Code(text is null ? ContentTypes.Jpeg : ContentTypes.Text))
            {
                [ProjectFolder.DescriptionFile] = Yaml(
                    name,
                    labels,
                    data,
                    share.ToString("0.00", CultureInfo.InvariantCulture)
                ),
            },
            contents
                .Where(one => one.File is not null)
                .DistinctBy(one => one.File)
                .ToDictionary(one => Path.GetRelativePath(root, one.File!), one => one.File!)
        );
    }

    private static string Yaml(string name, IReadOnlyList<string> labels, string data, string threshold) =>
        $"""
            # The project's description. docs/plumbline.yaml.md has every key with its default.
            name: {name}

            data:
              {data}

            labels: [{string.Join(", ", labels.Select(ColumnKinds.Text))}]

            training:
              algorithm: pytorch      # code/train.py in AWS's PyTorch image
              instance: ml.g4dn.xlarge
              rounds: 20              # epochs of the new model, from scratch
              addedRounds: 5          # epochs of the old model, which continues production's
              hyperparameters:
                batch_size: 32
                learning_rate: 0.002
                seed: 42

            quality:
              # The share of the most frequent class. Raise it when you know what the model reaches.
              threshold: {threshold}

            monitor:
              schedule: daily

            """;

    /// <summary>The code of a project whose examples have this type, by its path.</summary>
    public static IReadOnlyDictionary<string, string> Code(string type) =>
        new Dictionary<string, string>
        {
            ["code/train.py"] = Text("train"),
            ["code/inference.py"] = Text("inference"),
            ["code/network.py"] = Text(type == ContentTypes.Text ? "texts" : "images"),
        };

    private static string Text(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"code/{name}.py")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
