using Dapper;
using Plumbline.LocalCloud.State;
using Plumbline.Testing;

namespace Plumbline.LocalCloud.Tests.State;

public sealed class DatabaseTests : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();
    private Database database = null!;

    public Task InitializeAsync()
    {
        database = Database.Open(folder.At("test.db"));
        return database.WriteAsync(connection => connection.Execute("CREATE TABLE numbers (number INTEGER UNIQUE)"));
    }

    public async Task DisposeAsync()
    {
        await database.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task A_write_that_fails_is_undone_alone_and_tells_its_caller()
    {
        var writes = Enumerable
            .Range(0, 100)
            .Select(number =>
                database.WriteAsync(connection =>
                {
                    connection.Execute("INSERT INTO numbers VALUES (@number)", new { number });
                    if (number % 10 == 3)
                    {
                        throw new InvalidOperationException($"no {number}");
                    }
                })
            )
            .ToList();

        foreach (var (write, number) in writes.Select((write, number) => (write, number)))
        {
            if (number % 10 == 3)
            {
                (await Should.ThrowAsync<InvalidOperationException>(() => write)).Message.ShouldBe($"no {number}");
            }
            else
            {
                await write;
            }
        }

        Count().ShouldBe(90);
    }

    [Fact]
    public async Task A_reader_sees_a_write_as_soon_as_its_task_completes()
    {
        for (var number = 0; number < 50; number++)
        {
            await database.WriteAsync(connection =>
                connection.Execute("INSERT INTO numbers VALUES (@number)", new { number })
            );
            Count().ShouldBe(number + 1);
        }
    }

    [Fact]
    public async Task What_was_written_is_there_after_closing_and_opening()
    {
        await database.WriteAsync(connection => connection.Execute("INSERT INTO numbers VALUES (7)"));
        await database.DisposeAsync();

        database = Database.Open(folder.At("test.db"));

        Count().ShouldBe(1);
    }

    [Fact]
    public async Task A_database_of_a_newer_version_is_refused_by_name()
    {
        var path = folder.At("newer.db");
        await using (var newer = Database.Open(path))
        {
            await newer.WriteAsync(connection => connection.Execute("PRAGMA user_version = 9999"));
        }

        Should
            .Throw<UnusableDataException>(() => Database.Open(path))
            .Message.ShouldContain("newer.db has schema 9999");
    }

    private int Count() => database.Read(connection => connection.ExecuteScalar<int>("SELECT COUNT(*) FROM numbers"));
}
