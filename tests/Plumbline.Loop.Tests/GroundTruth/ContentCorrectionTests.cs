using Plumbline.Aws.Client;
using Plumbline.Loop.GroundTruth;
using Plumbline.Loop.Home;
using Plumbline.Records;
using Plumbline.Records.Examples;
using Plumbline.Records.GroundTruth;
using Plumbline.Records.Monitoring;
using Plumbline.Records.Project;
using Plumbline.Testing;

namespace Plumbline.Loop.Tests.GroundTruth;

/// <summary>A correction keeps the content of its capture.</summary>
public sealed class ContentCorrectionTests(CaptureCloud cloud) : IClassFixture<CaptureCloud>
{
    private readonly Content content = Content.Of(TinyImages.Jpeg, "image/jpeg");

    [Fact]
    public async Task A_listed_content_is_found_in_its_capture_and_kept_under_its_hash()
    {
        var loop = await LoopAsync();
        await CaptureAsync(loop, "kept");
        await ListAsync(loop, "kept");

        var correction = await new Reviews(loop).CorrectAsync("kept", "dog", "audit", null);

        (correction.Content, correction.List).ShouldBe((content, ReviewList.Audit));
        (await loop.Bucket.FindBytesAsync(content.Key)).ShouldBe(TinyImages.Jpeg);
        await loop.Bucket.RemoveAsync(content.Key);
        await ListAsync(loop, "gone");
        var refused = await Should.ThrowAsync<UserError>(() =>
            new Reviews(loop).CorrectAsync("gone", "dog", "audit", null)
        );
        refused.Message.ShouldBe("gone: its capture is not there any more, so its content cannot be kept");
        var said = 0;
        await foreach (var file in new CorrectionFeed(loop.Bucket, []).NextAsync())
        {
            said += file.Corrections.Count;
        }

        said.ShouldBe(1);
    }

    private async Task<LoopContext> LoopAsync() =>
        await LoopContext.CreateAsync(
            cloud.Loop.Project with
            {
                Data = new DataDescription { Format = SourceFormat.Folders },
            },
            cloud.Loop.Clients
        );

    private static Task CaptureAsync(LoopContext loop, string key) =>
        loop.Bucket.PutTextAsync(
            $"{Layout.EndpointCaptures(loop.Names.Endpoint)}AllTraffic/{Layout.Hour(CaptureCloud.Noon)}/00-00-000-{key}.jsonl",
            CaptureLines.Line(
                key,
                Convert.ToBase64String(TinyImages.Jpeg),
                """{"predictions":[{"label":"cat","score":0.9}]}""",
                requestType: "image/jpeg",
                requestEncoding: "BASE64"
            ) + "\n"
        );

    private Task ListAsync(LoopContext loop, string key) =>
        loop.Bucket.PutTextAsync(
            Layout.AuditQueue,
            RecordJson.Write(
                new ReviewItem
                {
                    JoinKey = key,
                    InferenceTime = CaptureCloud.Noon,
                    Endpoint = loop.Names.Endpoint,
                    Features = content.Text(),
                    Content = content,
                    Predicted = "cat",
                    List = ReviewList.Audit,
                }
            ) + "\n"
        );
}
