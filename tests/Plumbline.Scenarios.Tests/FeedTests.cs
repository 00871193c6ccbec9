using Amazon.S3.Model;
using Plumbline.Loop.Data;
using Plumbline.Loop.Retraining;
using Plumbline.Records;
using Plumbline.Records.Data;
using Plumbline.Records.Sources;
using Plumbline.Testing;

namespace Plumbline.Scenarios.Tests;

/// <summary>A prefix in another bucket that grows by an object a day is the base data of a loop; nothing of it is in git.</summary>
public sealed class FeedTests
{
    private const string Bucket = "feed-of-days";

    [ProgramFact("git", "bwrap")]
    public async Task A_feed_in_S3_is_trained_from_where_it_is_and_an_alarm_takes_what_is_new()
    {
        await using var running = await RunningLoop.StartAsync(yaml =>
            yaml.Replace("file: data.csv", $"file: s3://{Bucket}/days/\n  grow: true", StringComparison.Ordinal)
                .Replace("rounds: 100 ", "rounds: 5 ", StringComparison.Ordinal) + "\nretraining:\n  coolDown: 0s\n"
        );
        var s3 = running.Loop.Clients.S3;
        var rows = (await File.ReadAllLinesAsync(Path.Combine(running.Project, "data.csv")))[1..];
        var absent = await running.PlumbAsync("validate");
        absent.ExitCode.ShouldBe(2);
        absent.Error.ShouldContain($"s3://{Bucket}/days/: the bucket {Bucket} does not exist");
        await s3.PutBucketAsync(Bucket);
        await PutAsync(running, "days/2026-03-01.csv", "label,x,y\n" + string.Join('\n', rows[..300]) + "\n");
        (await running.PlumbAsync("data", "inspect")).Succeeded().ShouldContain("300 rows");

        (await running.PlumbAsync("push")).Succeeded();
        var first = (await running.EndedAsync(1)).Single();
        first.PipelineExecutionStatus.ShouldBe("Succeeded", first.PipelineExecutionFailureReason);
        var one = (await new DataSets(running.Loop).NewestAsync())!;
        (one.Base.Train + one.Base.Validation + one.Base.Test).ShouldBe(300);
        await foreach (var item in running.Loop.Bucket.ListAsync("data/base/"))
        {
            item.Key.ShouldEndWith(Layout.Lines);
        }

        (await running.PlumbAsync("reject", "1", "--reason", "not this one")).Succeeded();
        var governor = new Governor(running.Loop, running.Folder);
        (await governor.DecideAsync(Trigger.Alarm, null, default)).Reason.ShouldContain("Only 0 new labels");
        await PutAsync(
            running,
            "days/2026-03-02.jsonl",
            string.Concat(
                rows[300..]
                    .Select(row => row.Split(','))
                    .Select(cells => $"{{\"x\":{cells[1]},\"y\":{cells[2]},\"label\":\"{cells[0]}\"}}\n")
            )
        );
        // The data set of a training that failed has the new object, and nothing learned from it.
        var unused = one with
        {
            Base = one.Base with { Train = one.Base.Train + 300 },
        };
        var listed = await SourceListing.OfAsync(s3, running.Folder.Description.Data, default);
        await running.Loop.Bucket.PutTextAsync(
            Layout.DataSet(unused.Version) + DataSetBuilder.ObjectsFile,
            SourceObject.WriteList(listed)
        );
        await running.Loop.Bucket.PutTextAsync(Layout.Manifest(unused.Version), RecordJson.Write(unused));
        var grown = await governor.DecideAsync(Trigger.Alarm, null, default);
        grown.Started.ShouldBeTrue(grown.Reason);
        grown.Reason.ShouldEndWith(
            $"Since data set {one.Version}, 1 object is new (s3://{Bucket}/days/2026-03-02.jsonl) in the base data."
        );
        var second = (await running.EndedAsync(2))[1];
        second.PipelineExecutionStatus.ShouldBe("Succeeded", second.PipelineExecutionFailureReason);
        var two = (await new DataSets(running.Loop).NewestAsync())!;
        (two.Base.Train + two.Base.Validation + two.Base.Test).ShouldBe(600);
        var list = Layout.DataSet(two.Version) + DataSetBuilder.ObjectsFile;
        SourceObject
            .ReadList((await running.Loop.Bucket.FindTextAsync(list))!, list)
            .Select(read => (read.Uri, read.Rows))
            .ShouldBe([($"s3://{Bucket}/days/2026-03-01.csv", 300L), ($"s3://{Bucket}/days/2026-03-02.jsonl", 300L)]);

        (await running.PlumbAsync("reject", "2", "--reason", "nor this one")).Succeeded();
        await s3.DeleteObjectAsync(Bucket, "days/2026-03-01.csv");
        var shrunk = await governor.DecideAsync(Trigger.Alarm, null, default);
        shrunk.Started.ShouldBeFalse();
        shrunk.Reason.ShouldContain(
            $"1 object is gone (s3://{Bucket}/days/2026-03-01.csv) in the base data. With data.grow, only new objects are expected."
        );
    }

    private static Task PutAsync(RunningLoop running, string key, string text) =>
        running.Loop.Clients.S3.PutObjectAsync(
            new PutObjectRequest
            {
                BucketName = Bucket,
                Key = key,
                ContentBody = text,
            }
        );
}
