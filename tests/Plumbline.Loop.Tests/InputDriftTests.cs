using Plumbline.Loop.Home;
using Plumbline.Loop.Monitoring;
using Plumbline.Loop.Registry;
using Plumbline.Records;
using Plumbline.Records.Inputs;
using Plumbline.Records.Project;

namespace Plumbline.Loop.Tests;

/// <summary>The drift that pages and commands show, by the figures that jobs stored.</summary>
public sealed class InputDriftTests(CaptureCloud cloud) : IClassFixture<CaptureCloud>
{
    private const string Version = "0123456789abcdef";

    [Fact]
    public async Task Images_of_now_are_compared_with_those_of_the_live_versions_training()
    {
        var loop = await LoopContext.CreateAsync(
            new ProjectDescription
            {
                Name = "pets",
                Data = new DataDescription { File = "photos", Format = SourceFormat.Folders },
                Labels = ["cat", "dog"],
            },
            cloud.Loop.Clients
        );
        var live = new ModelVersion(
            "arn:aws:sagemaker:us-east-1:000000000000:model-package/pets/1",
            1,
            "Approved",
            null,
            CaptureCloud.Noon,
            CaptureCloud.Noon,
            new Dictionary<string, string> { [ModelMetadata.DataSetVersion] = Version },
            "",
            "",
            null,
            null
        );

        (await new InputDrift(loop).ReadAsync(live, CancellationToken.None)).ShouldBeEmpty();
        await StoreAsync(loop, Layout.InputReference(Version), 0.6f);
        await StoreAsync(loop, Layout.InputsNow, 0.2f);
        var drift = await new InputDrift(loop).ReadAsync(live, CancellationToken.None);

        drift.Select(one => one.Feature).ShouldBe(["brightness", "predicted label", "width"], ignoreOrder: true);
        drift[0].Feature.ShouldBe("brightness");
        drift[0].Index.ShouldBeGreaterThan(0.25);
        drift[0].Shift.MeanNow!.Value.ShouldBe(0.245, 0.01);
        drift.Single(one => one.Feature == "width").Index.ShouldBeLessThan(0.1);
    }

    private static Task StoreAsync(LoopContext loop, string key, float brightness)
    {
        var sample = new InputSample
        {
            Inputs =
            [
                .. Enumerable
                    .Range(0, 100)
                    .Select(i => new SampledInput
                    {
                        Label = i % 2 == 0 ? "cat" : "dog",
                        Figures = new Dictionary<string, float>
                        {
                            ["brightness"] = brightness + (i % 10 * 0.01f),
                            ["width"] = 64,
                        },
                    }),
            ],
        };
        return loop.Bucket.PutTextAsync(key, RecordJson.WriteDocument(sample));
    }
}
