using System.Text;
using Plumbline.Aws.Formats;
using Plumbline.Records.Examples;
using Plumbline.Records.Project;
using Plumbline.Records.Sources;

namespace Plumbline.Records.Data;

/// <summary>Writes the files of one version of contents.</summary>
internal sealed class ContentSetFiles : IDisposable
{
    private readonly SideFile train;
    private readonly SideFile validation;
    private readonly SideFile recentTest;
    private readonly SideFile baseTest;
    private readonly ContentManifests trainContents;
    private readonly ContentManifests testContents;
    private readonly SideFile? objects;
    private readonly string bucket;
    private readonly IReadOnlyList<S3Uri> prefixes;

    /// <param name="folder">The folder to write to.</param>
    /// <param name="bucket">The loop's bucket.</param>
    /// <param name="prefixes">The prefixes of contents that stay where they are.</param>
    public ContentSetFiles(string folder, string bucket, IReadOnlyList<S3Uri> prefixes)
    {
        (this.bucket, this.prefixes) = (bucket, prefixes);
        train = new(folder, DataSetFiles.OfContents.Train);
        validation = new(folder, DataSetFiles.OfContents.Validation);
        recentTest = new(folder, DataSetFiles.OfContents.Recent);
        baseTest = new(folder, DataSetFiles.OfContents.Base);
        trainContents = new(folder, bucket, prefixes, DataSetFiles.TrainContents);
        testContents = new(folder, bucket, prefixes, DataSetFiles.TestContents);
        objects = prefixes.Count > 0 ? new(folder, DataSetBuilder.ObjectsFile) : null;
    }

    private IEnumerable<SideFile> All =>
        [
            train,
            validation,
            recentTest,
            baseTest,
            .. trainContents.Files,
            .. testContents.Files,
            .. objects is null ? [] : new[] { objects },
        ];

    /// <param name="side">The side of the example's key.</param>
    /// <param name="recent">True for a correction on the test side.</param>
    /// <param name="example">The example.</param>
    /// <param name="isListed">True if another example of the side has the same object, which is on the list already.</param>
    public void Write(Side side, bool recent, Example example, bool isListed)
    {
        var (prefix, name) = PlaceOf(example);
        var placed = example with
        {
            SourceRef = example.SourceRef ?? new S3Uri(bucket, example.Content.Key).ToString(),
            File = $"{DataSetFiles.ChannelOf(prefix)}/{name}",
        };
        var file =
            side == Side.Train ? train
            : side == Side.Validation ? validation
            : recent ? recentTest
            : baseTest;
        file.WriteLine(placed.ToBytes());
        if (!isListed)
            (side == Side.Test ? testContents : trainContents).Add(prefix, name);
    }

    /// <summary>Notes the object in S3 of an example of the base data, as it was read.</summary>
    public void WriteObject(Example example)
    {
        if (example is { SourceRef: { } reference, ETag: { } etag })
            WriteObject(
                new SourceObject(reference, SourceFormat.Folders, example.Content.Size, etag)
                {
                    VersionId = example.VersionId,
                    Sha256 = example.Content.Sha256,
                }
            );
    }

    /// <summary>Notes an object that the base data was read from.</summary>
    public void WriteObject(SourceObject one) => objects?.WriteLine([.. RecordJson.WriteBytes(one), (byte)'\n']);

    public SortedDictionary<string, FileManifest> Finish()
    {
        trainContents.End();
        testContents.End();
        return new SortedDictionary<string, FileManifest>(
            All.ToDictionary(file => file.Name, file => file.Finish()),
            StringComparer.Ordinal
        );
    }

    public void Dispose()
    {
        foreach (var file in All)
            file.Dispose();
    }

    /// <summary>The number of the prefix above an example's content, 0 for the loop's bucket; and the name below it.</summary>
    private (int Prefix, string Name) PlaceOf(Example example)
    {
        if (example.SourceRef is not { } reference)
            return (0, example.Content.Name);
        var uri = S3Uri.TryParse(reference)!;
        for (var i = 0; i < prefixes.Count; i++)
        {
            if (prefixes[i].Bucket == uri.Bucket && uri.Key.StartsWith(prefixes[i].Key, StringComparison.Ordinal))
                return (i + 1, uri.Key[prefixes[i].Key.Length..]);
        }
        throw new UserError(reference, "is not below a prefix of the base data");
    }
}

/// <summary>
/// The contents of one side, a list for each channel: AWS's ManifestFile, <c>[{"prefix": "s3://bucket/content/"}, "name",
/// ...]</c>.
/// </summary>
internal sealed class ContentManifests
{
    private readonly string bucket;
    private readonly IReadOnlyList<S3Uri> prefixes;
    private readonly bool[] begun;

    public ContentManifests(string folder, string bucket, IReadOnlyList<S3Uri> prefixes, Func<int, string> name)
    {
        (this.bucket, this.prefixes) = (bucket, [new S3Uri(bucket, Layout.Contents), .. prefixes]);
        begun = new bool[this.prefixes.Count];
        Files = [.. this.prefixes.Select((_, i) => new SideFile(folder, name(i)))];
    }

    public IReadOnlyList<SideFile> Files { get; }

    public void Add(int prefix, string name)
    {
        Begin(prefix, prefixes[prefix]);
        Files[prefix].WriteLine(Encoding.UTF8.GetBytes($",\n{RecordJson.Write(name)}"));
    }

    public void End()
    {
        foreach (var (i, file) in Files.Index())
        {
            if (!begun[i])
            {
                // SageMaker fails a job with an empty channel.
                var marker = new S3Uri(bucket, Layout.ContentsMarker);
                Begin(i, marker with { Key = Layout.Contents });
                file.WriteLine(Encoding.UTF8.GetBytes($",\n{RecordJson.Write(marker.Key[Layout.Contents.Length..])}"));
            }
            file.WriteLine("]\n"u8);
        }
    }

    private void Begin(int prefix, S3Uri place)
    {
        if (begun[prefix])
            return;
        begun[prefix] = true;
        Files[prefix].WriteLine(Encoding.UTF8.GetBytes($"[{RecordJson.Write(new { prefix = place.ToString() })}"));
    }
}
