using Amazon.S3;
using Amazon.S3.Model;
using Microsoft.Extensions.Time.Testing;
using Plumbline.Jobs.Prepare;
using Plumbline.Jobs.Processing;
using Plumbline.Jobs.Tests.Processing;
using Plumbline.Records;
using Plumbline.Records.Data;
using Plumbline.Records.Examples;
using Plumbline.Records.Inputs;
using Plumbline.Records.Project;
using Plumbline.Records.Sources;
using Plumbline.Testing;

namespace Plumbline.Jobs.Tests.Prepare;

/// <summary>Images in S3 are read where they are, and each once.</summary>
[Collection("processes")]
public sealed class ContentSourceTests(ProcessingCloud jobs) : ContentRuns(jobs)
{
    [Fact]
    public async Task Images_are_pinned_where_they_are_and_the_next_version_reads_only_those_that_are_new()
    {
        var images = await PutManyAsync(0, 60);
        List(images);
        var first = await RunAsync("nobody");
        (await ReadAsync()).ShouldBe(60);
        var lines = await LinesAsync(first.DatasetVersion, "train/examples.jsonl");
        lines[0].SourceRef!.ShouldStartWith($"s3://{Bucket}/{prefix}");
        lines[0].File.ShouldBe($"content1/{lines[0].SourceRef![$"s3://{Bucket}/{prefix}".Length..]}");
        lines.ShouldAllBe(one => one.Key == one.Content.Sha256 && one.ETag != null);
        var sample = await cloud.GetAsync(Layout.InputReference(first.DatasetVersion));
        RecordJson.Read<InputSample>(sample, "").Inputs.Count.ShouldBe(lines.Count);
        var list = await cloud.GetAsync($"datasets/{first.DatasetVersion}/{DataSetFiles.TrainContents(1)}");
        list.ShouldStartWith($$"""[{"prefix":"s3://{{Bucket}}/{{prefix}}"},""");
        // SageMaker fails a job whose channel is empty.
        (await cloud.GetAsync($"datasets/{first.DatasetVersion}/{DataSetFiles.TrainContents()}")).ShouldContain(
            "\"README.txt\""
        );

        List([.. images, .. await PutManyAsync(60, 5)]);
        var second = await RunAsync("nobody", Now.AddDays(1));
        second.DatasetVersion.ShouldNotBe(first.DatasetVersion);
        (await ReadAsync()).ShouldBe(65);
        (await RunAsync("nobody", Now.AddDays(2))).DatasetVersion.ShouldBe(second.DatasetVersion);
        (await ReadAsync()).ShouldBe(65);
    }

    [Fact]
    public async Task Up_to_ten_images_that_cannot_be_used_are_named_at_once_and_nothing_is_left()
    {
        var images = (await PutManyAsync(0, 20)).ToList();
        images.Add(await PutAsync("cat/cut.jpg", TinyImages.Jpeg[..^40]));
        images.Add(await PutAsync("cat/gone.jpg", TinyImages.Numbered(1000)));
        images.Add(await PutAsync("dog/replaced.jpg", TinyImages.Numbered(1001)));
        images.Add(await PutAsync("dog/not.png", TinyImages.Numbered(1002)));
        await cloud.S3.DeleteObjectAsync(Bucket, prefix + "cat/gone.jpg");
        await PutAsync("dog/replaced.jpg", TinyImages.Numbered(1003));
        var empty = await PutAsync("dog/empty.jpg", []);
        // A manifest does not say that an object is empty.
        images.Add(empty with { ETag = null });
        List(images);
        var before = await cloud.KeysAsync("datasets/");
        var at = $"s3://{Bucket}/{prefix}";
        (await Should.ThrowAsync<UserError>(() => RunAsync("nobody"))).Message.ShouldBe(
            $"""
            {at}cat/cut.jpg: is a damaged image: the file ends before the image does
            {at}cat/gone.jpg: the object is gone: remove it from the base data, or write it again
            {at}dog/replaced.jpg: the object was replaced after it was listed; `plumb retrain` lists the objects again
            {at}dog/not.png: is not a PNG image
            {at}dog/empty.jpg: is empty (0 bytes)
            """
        );
        (await cloud.KeysAsync("datasets/")).ShouldBe(before);
        // The others are known to the next run.
        (await ReadAsync()).ShouldBe(20);
    }

    [Fact]
    public async Task Two_manifests_that_disagree_about_an_image_are_named_and_one_that_repeats_it_adds_nothing()
    {
        var images = await PutManyAsync(0, 60);
        var lines = images.Select((one, i) => one with { Id = $"s3://a/1.manifest:{i + 1}" }).ToList();
        List([.. lines, images[7] with { Id = "s3://a/2.manifest:1" }]);
        var report = await RunAsync("nobody");
        var all = await LinesAsync(report.DatasetVersion, [.. DataSetFiles.OfContents.All]);
        all.Count.ShouldBe(60);

        List([.. lines, images[7] with { Id = "s3://a/2.manifest:1", Label = "cat", Class = 0 }]);
        var before = await cloud.KeysAsync("datasets/");
        (await Should.ThrowAsync<UserError>(() => RunAsync("nobody"))).Message.ShouldBe(
            "s3://a/2.manifest:1: has the same content as s3://a/1.manifest:8, but the label 'cat' instead of 'dog': keep one of them"
        );
        (await cloud.KeysAsync("datasets/")).ShouldBe(before);
    }

    [Fact]
    public async Task A_run_that_was_stopped_continues_with_what_was_read_until_then()
    {
        List([.. await PutManyAsync(0, 600)]);
        using var stop = new CancellationTokenSource();
        var context = cloud.Context(project, Folders, Now);
        using (
            var pins = await ContentPins.OpenAsync(context.Bucket, folder.At("scratch"), TimeProvider.System, default)
        )
        {
            var input = new ContentInput(cloud.S3, pins, hasSplitKey: false, _ => stop.Cancel());
            await Should.ThrowAsync<OperationCanceledException>(() =>
                input.PinAsync(folder.At("processing/input/base/list.jsonl"), folder.At("pinned"), stop.Token)
            );
        }

        var known = await ReadAsync();
        known.ShouldBeInRange(1, 599);
        await RunAsync("nobody");
        (await ReadAsync()).ShouldBe(600);
    }

    [Fact]
    public async Task A_run_that_was_killed_lost_the_hashes_of_half_a_minute_at_most()
    {
        var clock = new FakeTimeProvider(Now);
        var bucket = cloud.Context(project, Folders, Now).Bucket;
        using (var pins = await ContentPins.OpenAsync(bucket, folder.At("killed"), clock, default))
        {
            await pins.AddAsync([Pin(1), Pin(2)], default);
            (await ReadAsync()).ShouldBe(0);
            clock.Advance(TimeSpan.FromSeconds(31));
            await pins.AddAsync([Pin(3)], default);
            clock.Advance(TimeSpan.FromSeconds(29));
            await pins.AddAsync([Pin(4)], default);
            // Nothing ends this run in order: the next one knows only the parts in the bucket.
        }

        using var next = await ContentPins.OpenAsync(bucket, folder.At("next"), clock, default);
        new[] { 1, 2, 3, 4 }.Select(i => next.Find(Pin(i).Uri)).ShouldBe([Pin(1), Pin(2), Pin(3), null]);
    }

    private static ContentPin Pin(int number) =>
        new($"s3://{Bucket}/{number}.jpg", "etag", 100 + number, Content.Of([(byte)number], "image/jpeg").Sha256);

    private async Task<IReadOnlyList<Example>> LinesAsync(string version, params string[] files)
    {
        var lines = new List<Example>();
        foreach (var file in files)
        {
            var text = await cloud.GetAsync($"datasets/{version}/{file}");
            lines.AddRange(
                text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                    .Select(line => RecordJson.Read<Example>(line, file))
            );
        }

        return lines;
    }
}
