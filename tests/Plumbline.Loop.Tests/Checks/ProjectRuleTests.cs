using Plumbline.Loop.Checks;
using Plumbline.Records.Project;
using Plumbline.Testing;

namespace Plumbline.Loop.Tests.Checks;

/// <summary>The rules about a project's settings, each with settings that break it and settings that do not.</summary>
public class ProjectRuleTests
{
    private static readonly string Torch = File.ReadAllText(
        Repository.Path("samples", "digits-torch", "plumbline.yaml")
    );

    [Fact]
    public void PL024_code_that_speaks_of_no_checkpoints_is_a_warning_on_spot_instances()
    {
        var subject = OfTorch("spot: true") with { Code = ["print('trains')"] };

        var found = subject.Found("PL024").ShouldHaveSingleItem();

        found.Severity.ShouldBe(Severity.Warning);
        found.Place.ShouldEndWith("training.spot");
        found.Message.ShouldStartWith("no file in code/ mentions checkpoints");
    }

    [Fact]
    public void PL024_the_samples_code_writes_checkpoints()
    {
        var code = Directory
            .EnumerateFiles(Repository.Path("samples", "digits-torch", "code"), "*.py")
            .Select(File.ReadAllText)
            .ToList();

        (OfTorch("spot: true") with { Code = code }).Found("PL024").ShouldBeEmpty();
        (OfTorch("spot: false") with { Code = ["print('trains')"] }).Found("PL024").ShouldBeEmpty();
    }

    [Fact]
    public void PL024_of_a_definition_a_spot_training_without_CheckpointConfig_is_one() =>
        SampleChecks
            .Training(step => step["EnableManagedSpotTraining"] = true)
            .Found("PL024")
            .ShouldHaveSingleItem()
            .Place.ShouldBe("pipeline mine.json, step Train");

    [Theory]
    [InlineData("2.6", "2026-01-29", "")]
    [InlineData("2.6", "2026-01-30", "Note for training since 2026-01-29. No newer version has images for both")]
    [InlineData("2.6", "2026-07-01", "Note for training since 2026-01-29 and for serving since 2026-06-30.")]
    [InlineData(
        "2.5",
        "2026-07-01",
        "Warning for training since 2025-10-29 and for serving since 2025-10-29. Write version: \"2.6\""
    )]
    public void PL025_says_since_when_a_version_is_not_patched(string version, string today, string expected)
    {
        var subject = OfTorch($"version: \"{version}\"") with
        {
            Today = DateOnly.Parse(today, System.Globalization.CultureInfo.InvariantCulture),
        };

        var found = subject.Found("PL025").SingleOrDefault();

        (
            found is null
                ? ""
                : $"{found.Severity} {found.Message[found.Message.IndexOf("for training", StringComparison.Ordinal)..]}"
        ).ShouldStartWith(expected);
        (found is null).ShouldBe(expected.Length == 0);
    }

    [Fact]
    public void PL026_two_instances_are_in_two_zones() =>
        SampleChecks
            .Subject(SampleChecks.Project with { Endpoint = SampleChecks.Project.Endpoint with { Count = 2 } })
            .Found("PL026")
            .ShouldBeEmpty();

    [Fact]
    public void PL027_a_GPU_that_serves_trees_is_a_note_with_both_prices()
    {
        SampleChecks
            .Subject(SampleChecks.Project with { Endpoint = new EndpointDescription() })
            .Found("PL027")
            .ShouldHaveSingleItem()
            .Message.ShouldEndWith(
                "1 x T4 with 16 GB of ml.g4dn.xlarge stay idle: $538 a month, while ml.m5.large costs $84."
            );
        OfTorch("spot: false").Found("PL027").ShouldBeEmpty();
    }

    [Theory]
    [InlineData("us-iso-east-1", 1)]
    [InlineData("eu-central-2", 0)]
    [InlineData(null, 0)]
    public void PL028_a_region_that_is_not_known_to_have_the_images_is_an_error(string? region, int errors) =>
        (OfTorch("spot: false") with { Region = region })
            .Found("PL028")
            .Count(found => found.Severity == Severity.Error)
            .ShouldBe(errors);

    [Fact]
    public void PL029_base_data_in_another_bucket_is_a_note_about_the_rights()
    {
        var data = new DataDescription { Sources = ["s3://feed/a/", "s3://feed/b/", "data.csv"] };
        var found = SampleChecks.Subject(SampleChecks.Project with { Data = data }).Found("PL029").Single();
        found.Message.ShouldContain("of the bucket feed. A bucket of another account needs a bucket policy");
        SampleChecks.Subject(SampleChecks.Project).Found("PL029").ShouldBeEmpty();
    }

    [Fact]
    public void PL028_a_project_without_AWSs_images_goes_anywhere() =>
        (SampleChecks.Subject(SampleChecks.Project) with { Region = "us-iso-east-1" }).Found("PL028").ShouldBeEmpty();

    private static CheckSubject OfTorch(string training)
    {
        var yaml = Torch.Replace("training:\n", $"training:\n  {training}\n", StringComparison.Ordinal);
        return CheckSubject.OfProject(ProjectDescription.Parse(yaml), DescriptionLines.Parse(yaml));
    }
}
