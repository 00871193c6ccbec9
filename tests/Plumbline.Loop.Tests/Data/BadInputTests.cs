using Plumbline.Loop.Data;
using Plumbline.Loop.Project;
using Plumbline.Loop.Training;
using Plumbline.Records;
using Plumbline.Records.Data;
using Plumbline.Records.Project;
using Plumbline.Testing;

namespace Plumbline.Loop.Tests.Data;

/// <summary>
/// Data that cannot be used ends a build in one message, before anything of it is in the bucket. Objects in S3, which only
/// the Prepare step reads, are in ContentSourceTests and SourceTests of Plumbline.Jobs.Tests; models and requests in
/// OnnxStartTests and OnnxRequestTests of Plumbline.Serving.Tests.
/// </summary>
public sealed class BadInputTests(CaptureCloud cloud) : IClassFixture<CaptureCloud>, IDisposable
{
    private const string Photos = "format: folders, file: photos";
    private const string Manifest = "format: manifest, file: m.jsonl";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task One_damaged_photo_and_an_empty_one_among_a_thousand_are_named_and_nothing_is_uploaded()
    {
        for (var i = 0; i < 1000; i++)
        {
            Photo($"photos/{(i % 2 == 0 ? "cat" : "dog")}/{i}.jpg", TinyImages.Numbered(i));
        }

        Photo("photos/cat/500.jpg", TinyImages.Numbered(500)[..^30]);
        Photo("photos/dog/701.jpg", []);

        (await RefusedAsync(Photos)).ShouldBe(
            """
            photos/cat/500.jpg: is a damaged image: the file ends before the image does
            photos/dog/701.jpg: is empty (0 bytes)
            """
        );
    }

    [Fact]
    public async Task A_folder_that_is_not_a_label_is_named()
    {
        Photo("photos/cat/1.jpg", TinyImages.Numbered(1));
        Photo("photos/dgo/2.jpg", TinyImages.Numbered(2));

        (await RefusedAsync(Photos)).ShouldBe("photos/dgo: 'dgo' is not one of labels: cat, dog");
    }

    [Fact]
    public async Task A_row_whose_label_is_not_in_the_list_is_named()
    {
        folder.Write("data.csv", "label,x\ncat,1\nfox,2\n");

        (await RefusedAsync("file: data.csv")).ShouldBe(
            "data.csv:3: has the label 'fox', which is not one of labels: cat, dog"
        );
    }

    [Theory]
    [InlineData("dent|rust", false)]
    [InlineData("dent; rust", false)]
    [InlineData("dent|hail", true)]
    public void A_table_with_several_labels_in_a_cell_is_not_made_into_classes(string cell, bool isAClass)
    {
        var file = folder.Write("parts.csv", $"damage,x\ndent,1\nrust,2\n{cell},3\n");
        var table = TableInspection.Read(file, "damage");

        if (isAClass)
        {
            table.Labels("parts.csv").ShouldContain(cell);
            return;
        }

        Should
            .Throw<UserError>(() => table.Labels("parts.csv"))
            .Message.ShouldStartWith($"parts.csv: the label 'damage' has several labels in a cell ('{cell}')");
    }

    [Fact]
    public async Task A_parquet_file_that_is_cut_short_is_named()
    {
        // The whole file's damage at each length is in FormatTests of Plumbline.Records.Tests.
        await File.WriteAllBytesAsync(folder.At("data.parquet"), [.. "PAR1"u8, .. new byte[100]]);

        (await RefusedAsync("file: data.parquet")).ShouldStartWith(
            "data.parquet: is damaged, or is not a complete Parquet file: "
        );
    }

    [Fact]
    public async Task A_line_whose_file_is_gone_and_lines_that_disagree_are_named()
    {
        Photo("a.jpg", TinyImages.Numbered(1));
        Photo("b.jpg", TinyImages.Numbered(1));
        folder.Write(
            "m.jsonl",
            """
            {"source-ref": "a.jpg", "label": "cat"}
            {"source-ref": "gone.jpg", "label": "dog"}
            {"source-ref": "b.jpg", "label": "dog"}
            """
        );

        (await RefusedAsync(Manifest)).ShouldBe(
            """
            m.jsonl:2: gone.jpg does not exist in the project's folder
            m.jsonl:3: has the same content as m.jsonl:1, but the label 'dog' instead of 'cat': keep one of them
            """
        );
    }

    [Fact]
    public void Thirty_thousand_classes_are_refused_by_the_description()
    {
        var labels = string.Join(", ", Enumerable.Range(0, 30_000).Select(i => $"class-{i}"));

        Should
            .Throw<UserError>(() =>
                ProjectDescription.Parse($"name: pets\ndata: {{file: data.csv}}\nlabels: [{labels}]\n")
            )
            .Message.ShouldBe(
                "plumbline.yaml:3: labels: 30000 labels are a text of 408891 characters, and a training job's hyperparameter has at most 2500: write shorter labels, or fewer"
            );
    }

    private void Photo(string path, byte[] bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(folder.At(path))!);
        File.WriteAllBytes(folder.At(path), bytes);
    }

    /// <summary>Does what a build does with a project's data; it has to end in one message, and to leave nothing.</summary>
    private async Task<string> RefusedAsync(string data)
    {
        var algorithm = data.StartsWith("format", StringComparison.Ordinal) ? "pytorch" : "xgboost";
        var description = ProjectDescription.Parse(
            $"name: pets\ndata: {{{data}}}\nlabels: [cat, dog]\ntraining: {{algorithm: {algorithm}}}\n"
        );
        folder.Write("code/train.py", "");
        folder.Write("code/inference.py", "");
        var project = new ProjectFolder(folder.Path, description);
        var keys = await KeysAsync();

        var error = await Should.ThrowAsync<UserError>(async () =>
        {
            DataCheck.Run(project, CaptureCloud.Noon);
            using var inputs = await TrainingInputs.OfAsync(
                project,
                null,
                cloud.Loop.Clients.S3,
                parts: null,
                CancellationToken.None
            );
            await inputs.UploadAsync(cloud.Loop.Bucket, project, CancellationToken.None);
        });

        (await KeysAsync()).ShouldBe(keys);
        return error.Message;
    }

    private async Task<List<string>> KeysAsync() =>
        await cloud.Loop.Bucket.ListAsync("").Select(item => item.Key).ToListAsync();
}
