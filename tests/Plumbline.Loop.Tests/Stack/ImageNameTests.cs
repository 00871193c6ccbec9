using System.IO.Compression;
using Plumbline.Loop.Home;
using Plumbline.Loop.Stack;
using Plumbline.Records.Project;
using Plumbline.Testing;

namespace Plumbline.Loop.Tests.Stack;

/// <summary>The name of an image is a hash of the content that it is built from.</summary>
public sealed class ImageNameTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    /// <inheritdoc/>
    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_same_files_have_the_same_tag_wherever_they_lie_and_whatever_their_modes()
    {
        Write("one", ("plumb.dll", "a"), ("jobs/x.dll", "b"));
        Write("two", ("jobs/x.dll", "b"), ("plumb.dll", "a"));
        File.SetUnixFileMode(folder.At("two", "plumb.dll"), UnixFileMode.UserRead);

        TagOf("two").ShouldBe(TagOf("one"));
        TagOf("one").ShouldMatch("^[0-9a-f]{16}$");
    }

    [Fact]
    public void A_file_that_is_changed_moved_or_added_gives_another_tag()
    {
        Write("one", ("plumb.dll", "a"), ("jobs/x.dll", "b"));
        Write("changed", ("plumb.dll", "a"), ("jobs/x.dll", "c"));
        Write("moved", ("plumb.dll", "a"), ("serving/x.dll", "b"));
        Write("added", ("plumb.dll", "a"), ("jobs/x.dll", "b"), ("jobs/y.dll", ""));

        ((string[])[TagOf("one"), TagOf("changed"), TagOf("moved"), TagOf("added")]).ShouldBeUnique();
    }

    /// <summary>The build inside the image can then name it, even if files were added on the way.</summary>
    [Fact]
    public async Task What_is_sent_to_be_built_carries_its_tag_and_can_be_sent_again_from_there()
    {
        Write("one", ("plumb.dll", "a"));
        var sent = await SendAsync("one");
        Write("sent", (".codebuild", "CodeBuild's own"));

        TagOf("sent").ShouldBe(TagOf("one"));
        File.Delete(folder.At("sent", ".codebuild"));
        (await SendAsync("sent", "again")).ShouldBe(sent);
    }

    [Fact]
    public void Both_pipelines_and_the_builds_name_the_tag_of_the_program_that_writes_them()
    {
        var project = ProjectDescription.Parse(
            "name: moons\ndata: {file: data.csv, label: label}\nlabels: [no, yes]\n"
        );

        var files = Synthesis.Of(project);

        foreach (
            var (file, repositories) in new[]
            {
                ("plumbline-moons.template.json", new[] { "jobs" }),
                ("moons-training.pipeline.json", ["jobs", "serving"]),
                ("moons-monitor.pipeline.json", ["jobs"]),
            }
        )
        {
            files[file]
                .Split('"')
                .Where(text => text.Contains(".dkr.ecr.", StringComparison.Ordinal))
                .Select(text => text[(text.LastIndexOf('/') + 1)..])
                .Distinct()
                .Order(StringComparer.Ordinal)
                .ShouldBe(repositories.Select(name => $"plumbline-{name}:{ImageContext.OwnTag}"), file);
        }
    }

    [ProgramFact("moto_server", "aws")]
    public async Task A_training_by_hand_is_refused_where_the_stack_has_the_images_of_another_plumb()
    {
        await using var moto = await MotoServer.StartAsync();
        (await Shell.RunAsync(Plumb.Program, ["new", "moons"], folder: folder.Path)).Succeeded();
        string[] create =
        [
            "codebuild",
            "create-project",
            "--name",
            "moons-build",
            "--source",
            "type=S3,location=bucket/none.zip",
            "--artifacts",
            "type=NO_ARTIFACTS",
            "--environment",
            "type=LINUX_CONTAINER,image=here/plumbline-jobs:other,computeType=BUILD_GENERAL1_SMALL",
            "--service-role",
            "arn:aws:iam::123456789012:role/service-role/build",
        ];
        (await Shell.RunAsync("aws", create, moto.Environment)).Succeeded();

        string[] retrain = ["retrain", "--home", "aws"];
        var refused = await Shell.RunAsync(Plumb.Program, retrain, moto.Environment, folder.At("moons"));

        refused.ExitCode.ShouldBe(2);
        refused.Error.ShouldContain("moons-build: has the image here/plumbline-jobs:other, but this plumb needs ");
        refused.Error.ShouldContain("run `plumb aws deploy`, or use the plumb that deployed it");
    }

    private string TagOf(string context) => new ImageContext(folder.At(context)).Tag;

    private async Task<byte[]> SendAsync(string context, string to = "sent")
    {
        using var zip = new MemoryStream();
        await new ImageContext(folder.At(context)).WriteAsync(zip, CancellationToken.None);
        var sent = zip.ToArray();
        await ZipFile.ExtractToDirectoryAsync(new MemoryStream(sent), folder.At(to));
        return sent;
    }

    private void Write(string context, params (string Name, string Text)[] files)
    {
        foreach (var (name, text) in files)
        {
            var path = folder.At(context, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
        }
    }
}
