using System.CommandLine;
using System.Globalization;
using Amazon.S3;
using Plumbline.Cli.Homes;
using Plumbline.Loop.Data;
using Plumbline.Loop.Home;
using Plumbline.Loop.Project;
using Plumbline.Records.Data;
using Plumbline.Records.Examples;
using Plumbline.Tables;
using Spectre.Console;

namespace Plumbline.Cli.Commands;

/// <summary><c>plumb data inspect</c>: shows the columns of the base data.</summary>
internal static class DataCommand
{
    /// <summary>So many rows say what a column has; a larger table would take minutes.</summary>
    public const int MostRows = 1_000_000;

    private const int TopValues = 3;

    public static Command Create()
    {
        var home = new HomeOptions();
        var write = new Option<bool>("--write")
        {
            Description = "Write the kinds of the columns into plumbline.yaml (data.columns)",
        };
        var inspect = new Command("inspect", "Show each column's kind, gaps, range and most frequent values") { write };
        home.AddTo(inspect);
        inspect.SetAction(
            async (parsed, cancellationToken) =>
            {
                var folder = await home.ProjectAsync(parsed, cancellationToken);
                LoopClients? clients = null;
                IAmazonS3 S3() => (clients ??= new LoopClients(home.Connect(parsed))).S3;
                if (folder.Description.Data.IsContent())
                {
                    await PrintContentsAsync(folder, S3, cancellationToken);
                    clients?.Dispose();
                    return;
                }

                var files = await BaseSource.OpenAsync(folder, S3, cancellationToken);
                using var opened = clients;
                var inspection = TableInspection.Read(files, folder.Description.Data.Label, MostRows);
                Print(inspection);
                if (parsed.GetValue(write))
                {
                    var path = Path.Combine(folder.Root, ProjectFolder.DescriptionFile);
                    var yaml = ColumnKinds.Write(
                        await File.ReadAllTextAsync(path, cancellationToken),
                        inspection.Kinds()
                    );
                    await File.WriteAllTextAsync(path, yaml, cancellationToken);
                    Console.WriteLine($"data.columns is in {path}: look at it, and commit it.");
                }
            }
        );
        return new Command("data", "Look at the base data") { inspect };
    }

    /// <summary>Prints the classes. Content in S3 is listed and not read, so how many differ is not known.</summary>
    private static async Task PrintContentsAsync(
        ProjectFolder folder,
        Func<IAmazonS3> s3,
        CancellationToken cancellationToken
    )
    {
        var classes = new SortedDictionary<string, ContentClass>(StringComparer.Ordinal);
        var different = new HashSet<string>(StringComparer.Ordinal);
        var collector = new ContentCollector(
            folder.Description,
            one =>
            {
                classes.TryAdd(one.Example.Label, new ContentClass());
                classes[one.Example.Label].Add(one.Example.Content);
                if (one.Example.IsRead)
                {
                    different.Add(one.Example.Content.Sha256);
                }
            }
        );
        await ContentListing.ReadAsync(folder, s3, collector, _ => { }, parts: null, cancellationToken);
        collector.Finish();
        var table = Output.Table("class", "examples", "types", "largest");
        foreach (var (label, one) in classes)
        {
            table.AddRow(
                Output.Text(label),
                $"{one.Count}",
                Output.Text(string.Join(", ", one.Types)),
                Output.Text(one.Largest?.Text() ?? "-")
            );
        }
        Output.Results.Write(table);
        Console.WriteLine(
            different.Count > 0
                ? $"{collector.Count} examples, {different.Count} different."
                : $"{collector.Count} examples; a training reads them."
        );
    }

    private static void Print(TableInspection inspection)
    {
        var label = inspection.Label;
        var table = Output.Table("column", "kind", "missing", "different", "range or most frequent");
        foreach (var (column, (_, kind)) in inspection.Features.Zip(inspection.Kinds()))
        {
            table.AddRow(
                Output.Text(column.Name),
                kind?.ToString().ToLowerInvariant() ?? "ignore",
                $"{column.Missing}",
                $"{column.Different}",
                Output.Text(column.Kind == ColumnKind.Number ? Range(column) : Top(column))
            );
        }
        Output.Results.Write(table);
        var rows = label.Rows == MostRows ? $"The first {MostRows} rows." : $"{label.Rows} rows.";
        Console.WriteLine(
            inspection.IsRegression
                ? $"{rows} {label.Name}: {Range(label)}, {label.Different} different numbers: a quantity, for `task: regression`"
                : $"{rows} {label.Name}: {Top(label)}"
        );
        foreach (var note in inspection.Notes)
        {
            Console.WriteLine(note);
        }
    }

    private static string Range(ColumnProfile column) =>
        column.Missing == column.Rows
            ? "-"
            : string.Create(CultureInfo.InvariantCulture, $"{column.Smallest} to {column.Largest}");

    private static string Top(ColumnProfile column) =>
        string.Join(
            ", ",
            column.Top(TopValues).Select(one => $"{Short(one.Value)} ({100.0 * one.Rows / column.Rows:0.#} %)")
        );

    private static string Short(string value) => value.Length > 24 ? value[..21] + "..." : value;
}

/// <summary>The contents of one class.</summary>
internal sealed class ContentClass
{
    public long Count { get; private set; }

    public SortedSet<string> Types { get; } = new(StringComparer.Ordinal);

    /// <summary>The largest content; null if sizes are not known, because a manifest names objects.</summary>
    public Content? Largest { get; private set; }

    public void Add(Content content)
    {
        Count++;
        Types.Add(content.Type);
        if (content.Size > (Largest?.Size ?? 0))
        {
            Largest = content;
        }
    }
}
