using System.Globalization;
using System.Text.RegularExpressions;
using Plumbline.Jobs.Tests.Processing;
using Plumbline.Records;
using Plumbline.Records.Data;
using Plumbline.Testing;

namespace Plumbline.Jobs.Tests.Prepare;

/// <summary>SIGKILL for the program that prepares thirty thousand images: the next one continues, and makes the same version.</summary>
[Collection("processes")]
[Trait(Nightly.Part, "kills")]
public sealed partial class KilledPrepareTests(ProcessingCloud jobs) : ContentRuns(jobs)
{
    /// <summary>One and a half parts of hashes: a killed run leaves one part.</summary>
    private const int Images = 30_000;

    private const int Sigkill = 9;
    private const int EndedBySigkill = 128 + Sigkill;

    [NightlyFact]
    public async Task A_run_that_was_killed_twice_is_continued_and_makes_the_version_of_a_run_without_a_kill()
    {
        List(await PutManyAsync(0, Images));
        await cloud.PutAsync("projects/killed.json", project.ToJson());

        using (var reading = Start())
        {
            await Eventually.Async(async () => reading.HasEnded || await ReadAsync() > 0);
            await KillAsync(reading);
        }
        var known = await ReadAsync();
        known.ShouldBeInRange(1, Images - 1);
        (await cloud.KeysAsync(Layout.DataSets)).ShouldBeEmpty();

        using (var building = Start())
        {
            await building.PrintedAsync("in S3 read; the others are known.");
            await KillAsync(building);
            ReadBy(building).ShouldBe(Images - known);
        }

        using (var last = Start())
        {
            (await last.ExitCodeAsync()).ShouldBe(0, last.Output);
            ReadBy(last).ShouldBe(0);
        }
        var continued = await FilesAsync();
        continued.Keys.ShouldContain(key => key.EndsWith("/manifest.json"));
        Nightly.Note(
            "kills",
            $"prepare: {known} of {Images} contents known after SIGKILL, {Images - known} read after it"
        );

        await ForgetAsync(Layout.Pins);
        await ForgetAsync(Layout.DataSets);
        using var undisturbed = Start();
        (await undisturbed.ExitCodeAsync()).ShouldBe(0, undisturbed.Output);
        ReadBy(undisturbed).ShouldBe(Images);
        (await FilesAsync()).ShouldBe(continued);
    }

    private ProgramRun Start() =>
        ProgramRun.Dotnet(
            "plumbline-jobs.dll",
            [
                "prepare",
                "--project",
                $"s3://{ProcessingCloud.BucketName}/projects/killed.json",
                "--endpoint",
                "nobody",
                "--at",
                Now.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
            ],
            cloud.Environment(Folders)
        );

    private static async Task KillAsync(ProgramRun run)
    {
        run.Signal(Sigkill);
        (await run.ExitCodeAsync()).ShouldBe(EndedBySigkill, run.Output);
    }

    /// <summary>The number of contents that a run read, by its own words.</summary>
    private static int ReadBy(ProgramRun run) =>
        int.Parse(ReadWords().Match(run.Output).Groups[1].Value, CultureInfo.InvariantCulture);

    /// <summary>All files of the data sets by their keys.</summary>
    private async Task<SortedDictionary<string, string>> FilesAsync()
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var key in await cloud.KeysAsync(Layout.DataSets))
        {
            files[key] = await cloud.GetAsync(key);
        }

        return files;
    }

    [GeneratedRegex("(?m)^([0-9]+) contents? in S3 read; the others are known")]
    private static partial Regex ReadWords();
}
