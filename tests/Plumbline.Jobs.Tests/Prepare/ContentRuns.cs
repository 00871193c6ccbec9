using Amazon.S3.Model;
using Plumbline.Jobs.Tests.Processing;
using Plumbline.Records;
using Plumbline.Records.Data;
using Plumbline.Records.Examples;
using Plumbline.Records.Project;
using Plumbline.Records.Sources;
using Plumbline.Testing;

namespace Plumbline.Jobs.Tests.Prepare;

/// <summary>A project of images in another bucket than the loop's own, which stay there.</summary>
public abstract class ContentRuns : PrepareRuns, IClassFixture<ProcessingCloud>, IAsyncLifetime
{
    private protected const string Bucket = "images-of-others";
    private protected readonly string prefix = $"run-{Guid.NewGuid():N}/";

    protected ContentRuns(ProcessingCloud cloud)
        : base(cloud) =>
        project = ProjectDescription.Parse(
            $"""
            name: sample
            data:
              format: folders
              file: s3://{Bucket}/{prefix}
            labels: [cat, dog]
            training:
              algorithm: pytorch
            """
        );

    public async Task InitializeAsync()
    {
        await cloud.S3.PutBucketAsync(Bucket);
        await ForgetAsync(Layout.Pins);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    /// <summary>Removes objects from the loop's bucket.</summary>
    private protected async Task ForgetAsync(string keys)
    {
        foreach (var key in await cloud.KeysAsync(keys))
        {
            await cloud.S3.DeleteObjectAsync(ProcessingCloud.BucketName, key);
        }
    }

    private protected async Task<IReadOnlyList<Example>> PutManyAsync(int first, int count)
    {
        var images = new Example[count];
        await Parallel.ForAsync(
            0,
            count,
            async (i, _) => images[i] = await PutAsync(NameOf(first + i), TinyImages.Numbered(first + i))
        );
        return images;
    }

    private protected async Task<Example> PutAsync(string name, byte[] bytes)
    {
        var put = await cloud.S3.PutObjectAsync(
            new PutObjectRequest
            {
                BucketName = Bucket,
                Key = prefix + name,
                InputStream = new MemoryStream(bytes),
            }
        );
        Example? listed = null;
        var collector = new ContentCollector(project, one => listed = one.Example);
        // An empty object cannot be listed.
        ContentFolders.Add(
            project.Data.ContentPrefixes()[0],
            prefix + name,
            (Math.Max(1, bytes.Length), put.ETag),
            collector
        );
        return listed!;
    }

    private protected void List(IEnumerable<Example> examples) =>
        folder.Write(
            "processing/input/base/list.jsonl",
            string.Concat(examples.Select(one => RecordJson.Write(one) + "\n"))
        );

    /// <summary>The number of contents whose hashes the loop's bucket has.</summary>
    private protected async Task<int> ReadAsync()
    {
        var count = 0;
        foreach (var part in await cloud.KeysAsync(Layout.Pins))
        {
            count += (await cloud.GetAsync(part)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length;
        }

        return count;
    }

    private static string NameOf(int i) => $"{(i % 2 == 0 ? "cat" : "dog")}/{i}.jpg";
}
