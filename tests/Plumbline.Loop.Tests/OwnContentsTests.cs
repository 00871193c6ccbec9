using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Plumbline.Loop.Data;
using Plumbline.Loop.Home;
using Plumbline.Loop.Project;
using Plumbline.Loop.Resources;
using Plumbline.Loop.Training;
using Plumbline.Records;
using Plumbline.Records.Project;
using Plumbline.Testing;

namespace Plumbline.Loop.Tests;

/// <summary>Projects around a person's own images and texts.</summary>
public sealed class OwnContentsTests(CaptureCloud cloud) : IClassFixture<CaptureCloud>, IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_folder_of_photos_becomes_a_project_with_code_that_reads_images()
    {
        Photos(20);

        var project = New("pets", folder.At("photos"), "label");

        project.Description.Labels.ShouldBe(["cat", "dog"]);
        project.Description.Data.Format.ShouldBe(SourceFormat.Folders);
        project.Description.Quality.Threshold.ShouldBe(0.5);
        File.ReadAllText(Path.Combine(project.Root, "code", "network.py")).ShouldContain("from PIL import Image");
        var check = DataCheck.Run(project, CaptureCloud.Noon);
        (check.Manifest.Base.Train + check.Manifest.Base.Validation + check.Manifest.Base.Test).ShouldBe(40);
    }

    [Fact]
    public void Lines_and_a_table_with_one_column_of_texts_become_projects_that_read_texts()
    {
        var texts = Enumerable
            .Range(0, 60)
            .Select(i => (Text: $"This is message {i}, and it is \"long\"", Kind: i % 3 == 0 ? "spam" : "ham"))
            .ToList();
        var lines = folder.Write(
            "messages.jsonl",
            string.Concat(
                texts.Select(one => new JsonObject { ["source"] = one.Text, ["kind"] = one.Kind }.ToJsonString() + "\n")
            )
        );
        var table = folder.Write(
            "sms.csv",
            "kind,message\n" + string.Concat(texts.Select(one => $"{one.Kind},{Tables.CsvCells.Quote(one.Text)}\n"))
        );

        foreach (var (name, path) in (ReadOnlySpan<(string, string)>)[("lines", lines), ("table", table)])
        {
            var project = New(name, path, "kind");

            project.Description.Labels.ShouldBe(["ham", "spam"]);
            project.Description.Data.Format.ShouldBe(SourceFormat.Manifest);
            project.Description.Quality.Threshold.ShouldBe(0.67);
            File.ReadAllText(Path.Combine(project.Root, "code", "network.py")).ShouldContain("text/plain");
            DataCheck.Run(project, CaptureCloud.Noon).Manifest.Contents.ShouldBe(true);
            var read = Records.Data.BaseContents.Read(project.Description, project.Root).Examples;
            read.Select(one => one.Text).ShouldBe(texts.Select(one => one.Text));
        }
    }

    [Fact]
    public void A_table_with_other_columns_stays_a_table()
    {
        var table = folder.Write(
            "t.csv",
            "label,age,note\n"
                + string.Concat(
                    Enumerable
                        .Range(0, 60)
                        .Select(i => $"{(i % 2 == 0 ? "a" : "b")},{i % 40},some words about {i} things\n")
                )
        );

        OwnContents.Of("pets", table, "label").ShouldBeNull();
    }

    [Fact]
    public void Nothing_is_made_of_data_that_cannot_be_used()
    {
        Photos(2);
        File.WriteAllBytes(folder.At("photos", "cat", "bad.jpg"), TinyImages.Jpeg[..100]);
        Should
            .Throw<UserError>(() => New("pets", folder.At("photos"), "label"))
            .Message.ShouldStartWith("photos/cat/bad.jpg: is a damaged image");
        Directory.Exists(folder.At("pets")).ShouldBeFalse();

        File.Delete(folder.At("photos", "cat", "bad.jpg"));
        Directory.CreateDirectory(folder.At("photos", "empty"));
        Should
            .Throw<UserError>(() => New("pets", folder.At("photos"), "label"))
            .Message.ShouldBe(
                "empty: this folder has no images or texts, so no model can learn its class: add some, or remove the folder"
            );
        Directory.Exists(folder.At("pets")).ShouldBeFalse();

        Directory.CreateDirectory(folder.At("one", "cat"));
        Should
            .Throw<UserError>(() => New("pets", folder.At("one"), "label"))
            .Message.ShouldContain("has 1 subfolder: it needs one for each");
        var lines = folder.Write("m.jsonl", "{\"source\":\"a\",\"kind\":\"x\"}\n");
        Should
            .Throw<UserError>(() => New("pets", lines, "label"))
            .Message.ShouldBe("m.jsonl:1: has no label 'label': name the label with --label");
    }

    [Fact]
    public async Task Each_content_is_uploaded_once_and_a_later_upload_brings_what_is_new()
    {
        Photos(10);
        var project = New("pets", folder.At("photos"), "label");
        var puts = new Puts();
        var bucket = (await cloud.ThroughAsync(puts)).Bucket;

        await UploadAsync();
        puts.Contents.Count.ShouldBe(20);
        // An upload that was cut off has some of the contents.
        await bucket.RemoveAsync(puts.Contents.First().TrimStart('/')[(bucket.Name.Length + 1)..]);
        File.WriteAllBytes(Path.Combine(project.Root, "photos", "cat", "new.jpg"), TinyImages.Numbered(1000));
        puts.Contents.Clear();
        await UploadAsync();

        puts.Contents.Count.ShouldBe(2);
        (await bucket.ListAsync(Layout.Contents).CountAsync()).ShouldBe(21);

        async Task UploadAsync()
        {
            var inputs = await TrainingInputs.OfAsync(project, null, CancellationToken.None);
            await inputs.UploadAsync(bucket, project, CancellationToken.None);
            (await bucket.FindTextAsync(inputs.BaseKey))!.ShouldContain("photos/cat/0.jpg");
        }
    }

    [Fact]
    public void Training_and_scoring_get_the_files_that_a_manifest_lists_and_roles_may_read_them()
    {
        var project = Project("format: folders\n  file: photos");
        var names = new LoopNames("pets", "111122223333", "eu-west-1");

        var steps = TrainingPipeline.Definition(project, names);
        steps.ShouldContain("""{"ChannelName":"content","DataSource":{"S3DataSource":{"S3DataType":"ManifestFile",""");
        steps.ShouldContain("""{"InputName":"content","AppManaged":false""");
        steps.ShouldContain(
            "\"SupportedContentTypes\":[\"image/jpeg\",\"image/png\",\"text/plain\",\"application/json\"]"
        );
        foreach (
            var (of, reads) in (ReadOnlySpan<(ProjectDescription, bool)>)
                [(project, true), (Project("file: a.csv"), false)]
        )
        {
            LoopResources
                .Of(of, names, "https://example.org/pets")
                .Count(role =>
                    role.Attached.Any(policy => policy.ToJsonString().Contains("/content/*", StringComparison.Ordinal))
                )
                .ShouldBe(reads ? 3 : 0);
        }
    }

    private static ProjectDescription Project(string data) =>
        ProjectDescription.Parse($"name: pets\ndata:\n  {data}\nlabels: [cat, dog]\ntraining:\n  algorithm: pytorch\n");

    private void Photos(int each)
    {
        for (var i = 0; i < 2 * each; i++)
        {
            File.WriteAllBytes(
                folder.Write($"photos/{(i < each ? "cat" : "dog")}/{i}.jpg", ""),
                TinyImages.Numbered(i)
            );
        }
    }

    private ProjectFolder New(string name, string path, string label)
    {
        var contents = OwnContents.Of(name, path, label)!;
        var project = ProjectTemplate.Create(folder.Path, name, contents.Files);
        contents.CopyTo(project);
        return project;
    }

    /// <summary>The paths of contents that were written.</summary>
    private sealed class Puts : DelegatingHandler
    {
        public ConcurrentBag<string> Contents { get; } = [];

        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        )
        {
            if (request.Method == HttpMethod.Put && request.RequestUri!.AbsolutePath.Contains("/content/"))
            {
                Contents.Add(request.RequestUri.AbsolutePath);
            }

            return base.SendAsync(request, cancellationToken);
        }
    }
}
