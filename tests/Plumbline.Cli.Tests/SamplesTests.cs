using Plumbline.Cli.Demo;
using Plumbline.Loop.Data;
using Plumbline.Loop.Project;
using Plumbline.Records.Data;
using Plumbline.Records.Project;
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

    [Fact]
    public async Task The_customers_are_the_same_each_time_and_their_table_fits_its_description()
    {
        var files = Samples.Files("customers", "bank");
        files.ShouldBe(Samples.Files("customers", "bank"));
        foreach (var (path, text) in files)
        {
            folder.Write(path, text);
        }

        var project = await ProjectFolder.OpenAsync(folder.Path, CancellationToken.None);
        project.Description.Metric().Kind.Name.ShouldBe("cost");
        var manifest = DataCheck.Run(project, DateTimeOffset.UnixEpoch).Manifest;
        (manifest.Base.Train + manifest.Base.Validation + manifest.Base.Test).ShouldBe(6000);
        var (before, later) = (files["data.csv"], files["later.csv"]);
        later.Split('\n')[0].ShouldBe(before.Split('\n')[0]);
        before.ShouldNotContain(",flex,");
        later.ShouldContain(",flex,");
        files["NOTICE"].ShouldContain("do not exist");
    }

    [Fact]
    public void The_customers_that_measure_are_not_those_that_the_loop_learns_from()
    {
        var sample = DemoSample.Of("customers").ShouldBeOfType<ShiftSample>();
        var learned = sample.Clean.Traffic.Concat(sample.Drifted.Traffic).Concat(sample.Healed.Traffic);
        var known = Customers.Base().Concat(learned).Select(one => one.Identity).ToHashSet();

        var measuring = sample.MeasuringClean.Concat(sample.MeasuringDrifted).ToList();
        measuring.ShouldNotContain(one => known.Contains(one.Identity));
    }

    [Fact]
    public void The_rentals_are_served_in_months_that_follow_the_base_data_and_each_hour_is_asked_once()
    {
        var sample = DemoSample.Of("rentals").ShouldBeOfType<MonthsSample>();

        sample.Months.Select(month => month.Name).ShouldBe(sample.Months.Select(month => month.Name).Order());
        (sample.Months[0].Name, sample.Months[^1].Name, sample.Months.Count).ShouldBe(("2011-10", "2012-12", 15));
        var hours = sample.Months.SelectMany(month => month.Requests).SelectMany(request => request.Rows).ToList();
        hours.Count.ShouldBe(17379 - 6442);
        hours.Select(hour => hour.Identity).ShouldBeUnique();
        sample.Months.Count(month => month.Counts).ShouldBe(12);
    }

    [Fact]
    public void The_messages_are_texts_whose_later_ones_no_base_message_repeats_and_whose_source_is_named()
    {
        foreach (var (path, text) in Samples.Files(Messages.Sample, "inbox"))
        {
            folder.Write(path, text);
        }

        var project = ProjectDescription.Parse(File.ReadAllText(folder.At("plumbline.yaml")));
        project.Name.ShouldBe("inbox");
        var examples = BaseContents.Read(project, folder.Path).Examples;
        examples.Count.ShouldBe(2400);
        examples.CountBy(one => one.Example.Label).ShouldAllBe(label => label.Value > 200);
        var messages = Messages.Load();
        messages.Later.Count.ShouldBeGreaterThan(2500);
        messages.Base.Select(one => one.Text).Intersect(messages.Later.Select(one => one.Text)).ShouldBeEmpty();
        File.ReadAllText(folder.At("NOTICE")).ShouldContain("Almeida");
    }

    [Fact]
    public void Spam_changes_its_words_and_ham_keeps_them()
    {
        const string Text = "URGENT! You have WON £50. Call 0906 now";

        new Message(Text, "spam").Disguised().Text.ShouldBe("hey. you have got so. ring oqob today");
        new Message(Text, "ham").Disguised().Text.ShouldBe(Text);
    }

    [Fact]
    public void The_photos_of_signs_show_each_hand_in_one_part_only_and_need_no_handler()
    {
        var files = Samples.Contents("signs", "hands");
        files.Keys.ShouldContain("code/network.py");
        files.Keys.ShouldContain("code/train.py");
        files.Keys.ShouldContain("code/requirements.txt");
        files.Keys.ShouldNotContain("code/inference.py");
        var parts = Samples
            .Archive("signs", "later.tar.gz")
            .Select(file => (Part: file.Path.Split('/')[0], Hand: Path.GetFileName(file.Path)))
            .Concat(
                files
                    .Keys.Where(path => path.StartsWith("photos/"))
                    .Select(path => (Part: "base", Hand: Path.GetFileName(path)))
            )
            .ToList();

        parts.Select(one => one.Part).Distinct().Count().ShouldBe(6);
        parts
            .Select(one => (Part: one.Part.Replace("-dark", ""), one.Hand))
            .Distinct()
            .GroupBy(one => one.Hand)
            .ShouldAllBe(hand => hand.Count() == 1);
    }
}
