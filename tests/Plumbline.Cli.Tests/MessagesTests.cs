using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Plumbline.LocalCloud.State;
using Plumbline.Testing;

namespace Plumbline.Cli.Tests;

/// <summary>Each error must end in one clear message with its place, and a non-zero exit code.</summary>
public sealed class MessagesTests
{
    [Theory]
    [InlineData("labls: [a, b]", "plumbline.yaml:", "labls")]
    [InlineData("retraining: {coolDown: soon}", "plumbline.yaml:", "coolDown")]
    [InlineData("name: [", "plumbline.yaml:", "YAML")]
    public async Task A_broken_plumbline_yaml_is_named_with_its_line(string line, string place, string word)
    {
        using var folder = new TemporaryFolder();
        var project = await NewAsync(folder.Path);
        await File.AppendAllTextAsync(Path.Combine(project, "plumbline.yaml"), $"\n{line}\n");

        var run = await Plumb.RunAsync(project, folder.Path, "validate");

        run.ExitCode.ShouldBe(2);
        run.Error.ShouldContain(place);
        run.Error.ShouldContain(word);
        run.Error.Trim().Split('\n').Length.ShouldBe(1);
    }

    [Fact]
    public async Task An_unknown_sample_is_named_with_the_samples_that_exist()
    {
        using var folder = new TemporaryFolder();

        var run = await Plumb.RunAsync(folder.Path, folder.Path, "new", "waves", "--sample", "seas");

        run.ExitCode.ShouldBe(2);
        run.Error.ShouldContain("'seas'");
        run.Error.ShouldContain("rentals");
        run.Error.ShouldNotContain("   at ");
    }

    [Theory]
    [InlineData("validate")]
    [InlineData("check")]
    public async Task A_hyperparameter_that_the_trainer_would_refuse_is_named_before_any_job(string command)
    {
        using var folder = new TemporaryFolder();
        var project = await NewAsync(folder.Path);
        var yaml = Path.Combine(project, "plumbline.yaml");
        var text = await File.ReadAllTextAsync(yaml);
        text.ShouldContain("max_depth: 4");
        await File.WriteAllTextAsync(yaml, text.Replace("max_depth: 4", "max_depth: deep"));

        var run = await Plumb.RunAsync(project, folder.Path, command);

        run.ExitCode.ShouldBe(2);
        run.Error.ShouldMatch(
            "^plumb: .*plumbline.yaml:[0-9]+: training.hyperparameters.max_depth: must be a whole number .*not \"deep\""
        );
        run.Error.Trim().Split('\n').Length.ShouldBe(1);
    }

    [Fact]
    public async Task A_bad_row_of_the_data_is_named_with_file_line_and_column()
    {
        using var folder = new TemporaryFolder();
        var project = await NewAsync(folder.Path);
        var data = Path.Combine(project, "data.csv");
        var lines = await File.ReadAllLinesAsync(data);
        lines[16] = "yes,0.5,many";
        await File.WriteAllLinesAsync(data, lines);

        var run = await Plumb.RunAsync(project, folder.Path, "validate");

        run.ExitCode.ShouldBe(2);
        run.Error.ShouldContain("data.csv:17");
        run.Error.ShouldContain("many");
        run.Error.ShouldContain("'y'");
    }

    [Theory]
    [InlineData(0, "no row has the label 'maybe'")]
    [InlineData(1, "the label 'maybe' has 1 row, and none to train on")]
    public async Task A_class_that_no_model_can_learn_is_named(int rows, string problem)
    {
        using var folder = new TemporaryFolder();
        var project = await NewAsync(folder.Path);
        var yaml = Path.Combine(project, "plumbline.yaml");
        var text = await File.ReadAllTextAsync(yaml);
        text.ShouldContain("labels: [no, yes]");
        await File.WriteAllTextAsync(yaml, text.Replace("labels: [no, yes]", "labels: [no, yes, maybe]"));
        // The hash of this row puts it on the test side.
        await File.AppendAllLinesAsync(Path.Combine(project, "data.csv"), Enumerable.Repeat("maybe,1.5,9.5", rows));

        var run = await Plumb.RunAsync(project, folder.Path, "validate");

        run.ExitCode.ShouldBe(2);
        run.Error.ShouldContain($"data.csv: {problem}");
    }

    [Fact]
    public async Task Without_a_local_cloud_a_command_says_how_to_start_one()
    {
        using var folder = new TemporaryFolder();
        var project = await NewAsync(folder.Path);

        var run = await Plumb.RunAsync(project, folder.Path, "models");

        run.ExitCode.ShouldBe(2);
        run.Error.ShouldContain("plumb up");
    }

    [Fact]
    public async Task A_port_that_is_taken_is_named()
    {
        using var folder = new TemporaryFolder();
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;

        var run = await Plumb.RunAsync(folder.Path, folder.Path, "up", "--port", $"{port}");

        run.ExitCode.ShouldBe(2);
        run.Error.ShouldContain($"port {port}");
    }

    [Fact]
    public async Task A_data_folder_of_a_newer_version_is_refused_in_one_line()
    {
        using var folder = new TemporaryFolder();
        var database = folder.At("plumbline.db");
        await using (var connection = new SqliteConnection($"Data Source={database};Pooling=false"))
        {
            await connection.OpenAsync();
            await using var newer = connection.CreateCommand();
            newer.CommandText = "PRAGMA user_version = 9999";
            await newer.ExecuteNonQueryAsync();
        }

        var run = await Plumb.RunAsync(folder.Path, folder.Path, "up", "--port", "0", "--console-port", "0");

        run.ExitCode.ShouldBe(2);
        run.Error.TrimEnd()
            .ShouldMatch(
                $"^plumb: {folder.Path}: {database} has schema 9999, this version of Plumbline knows [0-9]+: use a newer Plumbline, or another --data folder.$"
            );
    }

    [Theory]
    [InlineData("images.json", "", "writes a new one")]
    [InlineData("images.json", "[{\"image\":", "writes a new one")]
    [InlineData(
        "console-users.db",
        "not a database, and longer than the head of one: 0123456789012345678901234567890123",
        "plumb user add"
    )]
    public async Task A_damaged_file_of_the_data_folder_ends_the_start_in_one_sentence_with_the_way_out(
        string file,
        string content,
        string wayOut
    )
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.At(file), content);

        var run = await Plumb.RunAsync(folder.Path, folder.Path, "up", "--port", "0", "--console-port", "0");

        run.ExitCode.ShouldBe(2);
        run.Error.ShouldNotContain("   at ");
        var last = run.Error.TrimEnd().Split('\n')[^1];
        last.ShouldStartWith("plumb: ");
        last.ShouldContain(file);
        last.ShouldContain(wayOut);
    }

    [Fact]
    public async Task A_database_with_flipped_bytes_ends_the_start_in_one_sentence_with_the_way_out()
    {
        using var folder = new TemporaryFolder();
        var path = folder.At("plumbline.db");
        await Database.Open(path).DisposeAsync();
        var bytes = await File.ReadAllBytesAsync(path);
        for (var at = 100; at < 140; at++)
        {
            bytes[at] ^= 0xFF;
        }

        await File.WriteAllBytesAsync(path, bytes);

        var run = await Plumb.RunAsync(folder.Path, folder.Path, "up", "--port", "0", "--console-port", "0");

        run.ExitCode.ShouldBeInRange(1, 2);
        run.Error.ShouldNotContain("   at ");
        run.Error.TrimEnd().Split('\n')[^1].ShouldMatch("^plumb: .*restore .*backup, or use another --data folder");
    }

    [Theory]
    [InlineData("'nonsense' is not a command", "nonsense")]
    [InlineData("'--reason' is required", "approve")]
    [InlineData("'many'", "up", "--port", "many")]
    [InlineData("'many'", "cost", "--hours", "many")]
    [InlineData("over 0", "cost", "--hours", "0")]
    public async Task A_wrong_command_line_is_refused_in_one_line_that_points_to_the_help(
        string problem,
        params string[] arguments
    )
    {
        using var folder = new TemporaryFolder();

        var run = await Plumb.RunAsync(folder.Path, folder.Path, arguments);

        run.ExitCode.ShouldBe(2);
        run.Error.Trim().Split('\n').Length.ShouldBe(1);
        run.Error.ShouldContain(problem);
        run.Error.ShouldContain("--help");
    }

    [Fact]
    public async Task Check_names_the_key_and_fails_only_for_errors()
    {
        using var folder = new TemporaryFolder();
        var project = await NewAsync(folder.Path);

        var notes = await Plumb.RunAsync(project, folder.Path, "check");
        await File.AppendAllTextAsync(Path.Combine(project, "plumbline.yaml"), "\nendpoint: {instance: ml.m5.tiny}\n");
        var error = await Plumb.RunAsync(project, folder.Path, "check");

        notes.ExitCode.ShouldBe(0);
        notes.Output.ShouldContain("0 errors");
        error.ExitCode.ShouldBe(1);
        error.Output.ShouldContain("error PL005 plumbline.yaml:");
        error.Output.ShouldContain("endpoint.instance");
    }

    [Fact]
    public async Task Check_takes_a_definition_alone_and_writes_json()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "mine.json");
        await File.WriteAllTextAsync(file, """{"Version":"2020-12-01","Steps":[{"Name":"T","Type":"Lambda"}]}""");

        var run = await Plumb.RunAsync(folder.Path, folder.Path, "check", "--pipeline", file, "--json");

        run.ExitCode.ShouldBe(0);
        JsonNode.Parse(run.Output)!.AsArray().Select(one => (string)one!["rule"]!).ShouldBe(["PL018", "PL012"]);
    }

    [Fact]
    public async Task Cost_says_what_is_expected_and_names_what_has_no_price()
    {
        using var folder = new TemporaryFolder();
        var project = await NewAsync(folder.Path);

        var yaml = Path.Combine(project, "plumbline.yaml");
        var text = await File.ReadAllTextAsync(yaml);
        await File.WriteAllTextAsync(yaml, text.Replace("ml.m5.xlarge", "ml.p3.8xlarge", StringComparison.Ordinal));

        var run = await Plumb.RunAsync(project, folder.Path, "cost", "--hours", "2");
        await File.AppendAllTextAsync(yaml, "\nendpoint: {instance: ml.p5.48xlarge}\n");
        var unpriced = await Plumb.RunAsync(project, folder.Path, "cost");

        run.Succeeded();
        run.Output.ShouldContain("58.75"); // 2 x 2 h x $14.688
        unpriced.Output.ShouldContain("The price of ml.p5.48xlarge is unknown");
    }

    private static async Task<string> NewAsync(string folder)
    {
        (await Plumb.RunAsync(folder, folder, "new", "moons")).Succeeded();
        return Path.Combine(folder, "moons");
    }
}
