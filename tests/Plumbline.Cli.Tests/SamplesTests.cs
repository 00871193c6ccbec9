using Plumbline.Cli.Demo;
using Plumbline.Loop.Data;
using Plumbline.Loop.Project;
using Plumbline.Records.Quality;
using Plumbline.Testing;

namespace Plumbline.Cli.Tests;

public sealed class SamplesTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task The_rentals_are_a_regression_whose_data_fits_and_whose_source_is_named()
    {
        foreach (var (path, text) in Samples.Files("rentals", "bikes"))
        {
            folder.Write(path, text);
        }

        var project = await ProjectFolder.OpenAsync(folder.Path, CancellationToken.None);
        project.Description.Name.ShouldBe("bikes");
        project.Description.Task.ShouldBe(TaskKind.Regression);
        var manifest = DataCheck.Run(project, DateTimeOffset.UnixEpoch).Manifest;
        (manifest.Base.Train + manifest.Base.Validation + manifest.Base.Test).ShouldBe(6442);
        manifest.Features[0].ShouldBe("time");
        File.ReadLines(folder.At("later.csv")).Count().ShouldBe(1 + 17379 - 6442);
        (await File.ReadAllTextAsync(folder.At("NOTICE"))).ShouldContain("Fanaee-T");
    }
}
