using System.Security.Cryptography;
using System.Text;
using Plumbline.Loop.Home;
using Plumbline.Records;
using Plumbline.Records.Data;
using Plumbline.Records.GroundTruth;
using Plumbline.Records.Project;
using Plumbline.Records.Sources;

namespace Plumbline.Loop.GroundTruth;

/// <summary>
/// Delivers a file of truths: all of its lines become one object of ground truth in AWS's format, which the next
/// measurement and the next training take in.
/// </summary>
public sealed class TruthImport(LoopContext loop)
{
    /// <summary>Checks the whole file, and then writes the object.</summary>
    /// <param name="path">CSV, JSON Lines or Parquet; see <see cref="TruthFile"/>.</param>
    /// <param name="columns">The columns, or JSON members, of key and label.</param>
    /// <param name="cancellationToken">Ends it before the object is written.</param>
    /// <returns>The number of truths, the object's key, and false if the same truths were delivered in this hour.</returns>
    /// <exception cref="UserError">The file is missing or has an invalid line; nothing was written.</exception>
    public async Task<(int Truths, string Key, bool IsNew)> RunAsync(
        string path,
        (string Key, string Label) columns,
        CancellationToken cancellationToken
    )
    {
        var file = Path.GetFileName(path);
        if (!File.Exists(path))
        {
            throw new UserError(path, "the file does not exist");
        }

        // A row of Parquet is a line below a header line.
        await using var content =
            FileNames.FormatOf(path, given: null) == SourceFormat.Parquet
                ? BaseFiles.Open(path).OpenAsOne()
                : File.OpenRead(path);
        var lines = new TruthFile(file, loop.Project, columns).Read(content);
        var text = string.Join('\n', lines) + "\n";
        // The content names the object: an import that is repeated after an error delivers nothing twice.
        var id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16];
        var key =
            $"{Layout.GroundTruth}{Layout.Hour(await loop.Clock.NowAsync(cancellationToken))}/import-{id}{Layout.Lines}";
        var act = await loop.History.BeginAsync(
            "import",
            file,
            $"{lines.Count} truths",
            cancellationToken: cancellationToken
        );
        var isNew = await loop.History.DoAsync(
            act,
            () => loop.Bucket.TryAddTextAsync(key, text, CancellationToken.None),
            isNew => ("done", isNew ? $"Delivered as {key}." : $"Delivered before as {key}."),
            CancellationToken.None
        );
        return (lines.Count, key, isNew);
    }
}
