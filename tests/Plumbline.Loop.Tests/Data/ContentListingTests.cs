using Plumbline.Aws.Client;
using Plumbline.Loop.Data;
using Plumbline.Loop.Home;
using Plumbline.Loop.Project;
using Plumbline.Loop.Resources;
using Plumbline.Loop.Training;
using Plumbline.Records;
using Plumbline.Records.Data;
using Plumbline.Records.Examples;
using Plumbline.Records.Project;
using Plumbline.Testing;

namespace Plumbline.Loop.Tests.Data;

/// <summary>Images and manifests in the buckets of a real local cloud.</summary>
public sealed class ContentListingTests() : CloudBuckets("photos", "lists")
{
    private readonly TemporaryFolder folder = new();

    public override Task DisposeAsync()
    {
        folder.Dispose();
        return base.DisposeAsync();
    }

    [Fact]
    public async Task The_folder_below_the_prefix_is_the_class_and_the_key_has_the_entity()
    {
        foreach (
            var key in (string[])
                [
                    "pets/cat/patient-7/a.jpg",
                    "pets/dog/patient-8/b.png",
                    "pets/.DS_Store",
                    "pets/cat/.x/c.jpg",
                    "other/d.jpg",
                ]
        )
        {
            await PutAsync("photos", key, "x");
        }
        await PutAsync("photos", "pets/cat/", "");
        var listed = await ListAsync("format: folders\n  file: s3://photos/pets\n  splitKey: patient-(\\d+)/");
        listed
            .Select(one => (one.SourceRef, one.Label, one.Content.Type, one.Content.Size, one.Key))
            .ShouldBe([
                ("s3://photos/pets/cat/patient-7/a.jpg", "cat", "image/jpeg", 1L, SplitKey.OfEntity("7").ToString()),
                ("s3://photos/pets/dog/patient-8/b.png", "dog", "image/png", 1L, SplitKey.OfEntity("8").ToString()),
            ]);
        listed.ShouldAllBe(one => one.ETag!.Length > 2 && !one.IsRead);
    }

    [Fact]
    public async Task A_listing_that_was_killed_continues_after_its_last_part_and_a_finished_one_begins_again()
    {
        const string data = "format: folders\n  file: s3://photos/many/";
        foreach (var i in Enumerable.Range(0, 25))
        {
            await PutAsync("photos", $"many/cat/{i:D2}.jpg", "x");
        }
        var now = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
        ListedParts Parts(DateTimeOffset time) => new(new BucketClient(S3, "lists"), time) { PartObjects = 10 };
        async Task KillAsync(DateTimeOffset time)
        {
            var seen = 0;
            await Should.ThrowAsync<OperationCanceledException>(() =>
                ListAsync(data, Parts(time), _ => seen += seen < 23 ? 1 : throw new OperationCanceledException())
            );
        }

        await KillAsync(now);
        // The two parts have 20 objects; what comes or goes among them is seen by the next listing.
        await PutAsync("photos", "many/cat/05-new.jpg", "x");
        await PutAsync("photos", "many/cat/24-new.jpg", "x");
        await PutAsync("photos", "many/cat/22.jpg", "longer");
        var continued = await ListAsync(data, Parts(now.AddHours(5)));
        continued.Count.ShouldBe(26);
        continued.Select(one => one.SourceRef).ShouldBeUnique();
        continued.ShouldContain(one => one.SourceRef == "s3://photos/many/cat/24-new.jpg");
        continued.Single(one => one.SourceRef == "s3://photos/many/cat/22.jpg").Content.Size.ShouldBe(6);

        (await ListAsync(data, Parts(now.AddHours(5)))).Count.ShouldBe(27);

        await KillAsync(now);
        await PutAsync("photos", "many/cat/06-new.jpg", "x");
        (await ListAsync(data, Parts(now + ListedParts.Longest))).Count.ShouldBe(28);
    }

    [Fact]
    public async Task Objects_that_cannot_be_examples_are_named_at_once()
    {
        await PutAsync("photos", "bad/a.jpg", "x");
        await PutAsync("photos", "bad/cat/b.tiff", "x");
        await PutAsync("photos", "bad/cat/c.jpg", "");
        await PutAsync("photos", "bad/dgo/d.jpg", "x");
        (await ProblemAsync("format: folders\n  file: s3://photos/bad/")).ShouldBe(
            """
            s3://photos/bad/a.jpg: is not in the folder of a class: write it below s3://photos/bad/CLASS/, or remove it
            s3://photos/bad/cat/b.tiff: has an unknown type: its name must end in .jpg, .jpeg, .png or .txt
            s3://photos/bad/cat/c.jpg: is empty (0 bytes)
            s3://photos/bad/dgo/d.jpg: 'dgo' is not one of labels: cat, dog
            """
        );
        (await ProblemAsync("format: folders\n  file: s3://photos/none/")).ShouldBe(
            "s3://photos/none/: has no object below it"
        );
        (await ProblemAsync("format: folders\n  file: s3://no-such-photos/")).ShouldBe(
            "s3://no-such-photos/: the bucket no-such-photos does not exist"
        );
    }

    [Fact]
    public async Task Manifests_of_Ground_Truth_and_Label_Studio_are_read_as_they_are()
    {
        await PutAsync(
            "lists",
            "m/output.manifest",
            """
            {"source-ref":"s3://photos/a.jpg","kind":1,"kind-metadata":{"class-name":"dog","confidence":0.94,"type":"groundtruth/image-classification","job-name":"labeling-job/kind","human-annotated":"yes","creation-date":"2026-03-01T10:00:00.000000"}}
            """
        );
        await PutGzippedAsync(
            "lists",
            "m/more.jsonl.gz",
            """
            {"source-ref":"s3://photos/b.jpg","kind":"cat"}
            {"source":"a text of its own","kind":"cat","id":"7"}
            """
        );
        await PutAsync("lists", "m/readme.md", "x");
        var data = "format: manifest\n  file: s3://lists/m/\n  contents: s3://photos\n  label: kind";
        (await ListAsync(data))
            .Select(one => (one.SourceRef, one.Label, one.Id, one.IsRead))
            .ShouldBe([
                ("s3://photos/b.jpg", "cat", "s3://lists/m/more.jsonl.gz:1", false),
                (null, "cat", "s3://lists/m/more.jsonl.gz:2", true),
                ("s3://photos/a.jpg", "dog", "s3://lists/m/output.manifest:1", false),
            ]);
        (await ProblemAsync("format: manifest\n  file: s3://lists/m/output.manifest\n  label: kind")).ShouldBe(
            "s3://lists/m/output.manifest:1: s3://photos/a.jpg is not below a prefix of data.contents: add s3://photos/ to it, so that the jobs may read it"
        );
        (await ProblemAsync("format: manifest\n  file: s3://lists/none/")).ShouldStartWith(
            "s3://lists/none/: is not a manifest, and has none below it"
        );
    }

    [Fact]
    public async Task The_list_begins_with_the_manifests_and_is_uploaded_without_the_images()
    {
        await PutAsync("lists", "n/1.manifest", """{"source-ref":"s3://photos/a.jpg","label":"dog"}""");
        var project = Folder("format: manifest\n  file: s3://lists/n/\n  contents: s3://photos/");
        var inputs = await TrainingInputs.OfAsync(project, null, S3, parts: null, default);
        inputs.ObjectsByUri()!.Select(one => one.Uri).ShouldBe(["s3://lists/n/1.manifest"]);
        await S3.PutBucketAsync("loop");
        var bucket = new BucketClient(S3, "loop");
        await inputs.UploadAsync(bucket, project, default);
        (await bucket.FindTextAsync(inputs.BaseKey))!
            .Split('\n')
            .Select(line => line.Length < 8 ? line : line[..8])
            .ShouldBe(["{\"uri\":\"", "{\"source", ""]);
        (await bucket.ListAsync(Layout.Contents).Select(one => one.Key).ToListAsync()).ShouldBe([
            Layout.ContentsMarker,
        ]);
    }

    [Fact]
    public void A_job_gets_a_channel_for_each_prefix_and_may_read_it()
    {
        var project = Project("format: folders\n  file: [s3://photos/pets/, s3://lists/x, s3://photos/pets/cat/]");
        var names = new LoopNames("pets", "111122223333", "eu-west-1");
        var steps = TrainingPipeline.Definition(project, names);
        steps.ShouldContain("\"ChannelName\":\"content2\"");
        steps.ShouldNotContain("\"ChannelName\":\"content3\"");
        steps.ShouldContain("\"InputName\":\"content1\"");
        steps.ShouldContain("test-2.manifest");
        var policies = string.Concat(
            LoopResources
                .Of(project, names, "https://example.org/pets")
                .SelectMany(role => role.Attached.Select(policy => policy.ToJsonString()))
        );
        policies.ShouldContain("arn:aws:s3:::photos/pets/*");
        policies.ShouldContain("data/pins/*");

        var fast = TrainingPipeline.Definition(
            Project("format: folders\n  file: s3://photos/pets/", "input: fastfile"),
            names
        );
        fast.ShouldContain(
            """{"ChannelName":"content1","DataSource":{"S3DataSource":{"S3DataType":"S3Prefix","S3Uri":"s3://photos/pets/","S3DataDistributionType":"FullyReplicated"}},"InputMode":"FastFile"}"""
        );
    }

    [Fact]
    public void An_image_of_ones_own_trains_and_the_jobs_may_pull_it()
    {
        var project = Project("file: a.csv");
        var names = new LoopNames("pets", "111122223333", "eu-west-1");
        var steps = TrainingPipeline.Definition(project, names);
        steps.ShouldContain("\"TrainingImage\":\"111122223333.dkr.ecr.eu-west-1.amazonaws.com/own:1\"");
        steps.ShouldNotContain("CodeUri");
        steps.ShouldNotContain("sagemaker_submit_directory");
        LoopResources
            .Of(project, names, "https://example.org/pets")
            .Count(role =>
                role.Attached.Any(policy =>
                    policy.ToJsonString().Contains("111122223333:repository/own", StringComparison.Ordinal)
                )
            )
            .ShouldBe(1);
    }

    private async Task<IReadOnlyList<Example>> ListAsync(
        string data,
        ListedParts? parts = null,
        Action<Example>? each = null
    )
    {
        var listed = new List<Example>();
        var project = Folder(data);
        var collector = new ContentCollector(
            project.Description,
            one =>
            {
                each?.Invoke(one.Example);
                listed.Add(one.Example);
            }
        );
        await ContentListing.ReadAsync(project, () => S3, collector, _ => { }, parts, default);
        collector.Finish();
        return listed;
    }

    private async Task<string> ProblemAsync(string data) =>
        (await Should.ThrowAsync<UserError>(() => ListAsync(data))).Message;

    private ProjectFolder Folder(string data) => new(folder.Path, Project(data));

    private static ProjectDescription Project(string data, string training = "rounds: 3") =>
        ProjectDescription.Parse(
            $"name: pets\ndata:\n  {data}\nlabels: [cat, dog]\ntraining:\n  algorithm: container\n"
                + $"  image: 111122223333.dkr.ecr.eu-west-1.amazonaws.com/own:1\n  {training}\n"
        );
}
