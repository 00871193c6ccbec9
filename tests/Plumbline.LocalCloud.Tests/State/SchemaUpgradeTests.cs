using Dapper;
using Microsoft.Data.Sqlite;
using Plumbline.LocalCloud.State;
using Plumbline.Testing;

namespace Plumbline.LocalCloud.Tests.State;

[Collection("processes")]
public sealed class SchemaUpgradeTests : IDisposable
{
    private const int Old = 14;
    private const string Buckets = "SELECT COUNT(*) FROM buckets";

    private readonly TemporaryFolder folder = new();

    private string Path => folder.At("plumbline.db");

    [Fact]
    public async Task An_upgrade_leaves_a_copy_of_the_database_as_it_was_beside_it()
    {
        await OldDatabase.WriteAsync(Path, Old, "INSERT INTO buckets (name, created) VALUES ('old', 1)");

        await using (Database.Open(Path))
        {
            OldDatabase.VersionOf(Path).ShouldBe(OldDatabase.Newest);
        }

        OldDatabase.VersionOf($"{Path}.schema-{Old}").ShouldBe(Old);
        using var copy = OldDatabase.Connect($"{Path}.schema-{Old}");
        copy.ExecuteScalar<int>(Buckets).ShouldBe(1);
        File.GetUnixFileMode($"{Path}.schema-{Old}").ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public async Task The_newest_two_copies_stay_and_a_new_database_has_none()
    {
        await using (Database.Open(folder.At("new.db"))) { }
        await OldDatabase.WriteAsync(Path, Old, "SELECT 1");
        foreach (var version in (int[])[9, 12, 13])
        {
            await File.WriteAllTextAsync($"{Path}.schema-{version}", "");
        }

        await using (Database.Open(Path)) { }

        Directory
            .GetFiles(folder.Path, "*.schema-*")
            .Select(System.IO.Path.GetFileName)
            .ShouldBe(["plumbline.db.schema-13", $"plumbline.db.schema-{Old}"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_step_that_fails_leaves_the_database_as_it_was_and_says_what_to_do()
    {
        // The last step makes a table of this name, and so fails.
        await OldDatabase.WriteAsync(Path, Old - 1, "CREATE TABLE object_versions (mine INTEGER)");

        var error = Should.Throw<UnusableDataException>(() => Database.Open(Path));

        error.Message.ShouldContain(
            "plumbline.db could not be upgraded to schema 15 (SQLite Error 1: 'table object_versions"
        );
        error.Message.ShouldContain("use the Plumbline that wrote it");
        OldDatabase.VersionOf(Path).ShouldBe(Old - 1);
        using var connection = OldDatabase.Connect(Path);
        Should.Throw<SqliteException>(() => connection.Execute("SELECT versioning FROM buckets"));
    }

    [Fact]
    public async Task Members_that_AWS_does_not_have_move_out_of_the_trees()
    {
        await OldDatabase.WriteAsync(
            Path,
            16,
            """
            INSERT INTO documents VALUES
                ('codebuild/build', 'p:1', 'p', 1, 1, '{"id":"p:1","cache":null,"_token":"t","_grant":"g","_stopped":true}'),
                ('codebuild/build', 'p:2', 'p', 2, 2, '{"id":"p:2","_token":null}'),
                ('codebuild/build', 'unreadable', 'p', 3, 3, '{"_token":'),
                ('codecommit/repository', 'r', '', 1, 1, '{"Arn":"a","references":{"refs/heads/main":"c"}}'),
                ('codecommit/repository', 'unreadable', '', 1, 1, '{');
            INSERT INTO buckets (name, created) VALUES ('b', 1);
            INSERT INTO multipart_uploads VALUES
                ('u', 'b', 'k', 1, '{"ContentType":"text/plain","Replaces":true}'), ('v', 'b', 'k', 2, '{}')
            """
        );

        await using (Database.Open(Path)) { }

        using var connection = OldDatabase.Connect(Path);
        connection
            .Query<string>("SELECT state FROM documents WHERE kind = 'codebuild/build' ORDER BY key")
            .ShouldBe([
                """{"Token":"t","Grant":"g","Stopped":true}""",
                """{"Token":null,"Grant":null,"Stopped":false}""",
                "{}",
            ]);
        connection
            .Query<(string, string, string)>("SELECT repository, name, commit_id FROM repository_references")
            .ShouldBe([("r", "refs/heads/main", "c")]);
        connection
            .Query<string>("SELECT tree FROM documents WHERE kind LIKE 'code%' ORDER BY kind, key")
            .ShouldBe(["""{"id":"p:1","cache":null}""", """{"id":"p:2"}""", """{"_token":""", """{"Arn":"a"}""", "{"]);
        connection
            .Query<(bool, string)>("SELECT replaces, properties FROM multipart_uploads ORDER BY id")
            .ShouldBe([(true, """{"ContentType":"text/plain"}"""), (false, "{}")]);
    }

    [Fact]
    public void A_file_that_is_not_a_database_is_refused_by_name()
    {
        File.WriteAllText(Path, new string('x', 8192));

        Should
            .Throw<UnusableDataException>(() => Database.Open(Path))
            .Message.ShouldContain(
                "plumbline.db cannot be opened (SQLite Error 26: 'file is not a database'.): restore it"
            );
    }

    [Fact]
    public async Task An_upgrade_that_kill_9_cut_off_is_taken_again_by_the_next_start()
    {
        // Large enough that copying it takes a while.
        await OldDatabase.WriteAsync(
            Path,
            Old,
            """
            WITH RECURSIVE counted(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counted WHERE n < 200000)
            INSERT INTO buckets (name, created) SELECT 'bucket-' || n || hex(randomblob(60)), n FROM counted
            """
        );

        // Killed while the copy is written, and when the copy is complete but the steps are not.
        foreach (var file in (string[])[$"{Path}.schema-unfinished", $"{Path}.schema-{Old}"])
        {
            var starting = ChildCloud.StartAsync(folder.Path, ["sh", "-c", KillOnSight(file), "sh"]);
            await Should.ThrowAsync<InvalidOperationException>(() => starting);
            File.Exists(file).ShouldBeTrue();
        }

        using (await ChildCloud.StartAsync(folder.Path)) { }

        OldDatabase.VersionOf(Path).ShouldBe(OldDatabase.Newest);
        using var connection = OldDatabase.Connect(Path);
        connection.ExecuteScalar<int>(Buckets).ShouldBe(200_000);
        using var copy = OldDatabase.Connect($"{Path}.schema-{Old}");
        copy.ExecuteScalar<int>(Buckets).ShouldBe(200_000);
        File.Exists($"{Path}.schema-unfinished").ShouldBeFalse();
    }

    public void Dispose() => folder.Dispose();

    /// <summary>Runs its arguments, and kills them as soon as a file exists.</summary>
    private static string KillOnSight(string file) =>
        $"rm -f '{file}'; \"$@\" & child=$!; until [ -e '{file}' ]; do kill -0 $child || exit; done; kill -9 $child";
}
