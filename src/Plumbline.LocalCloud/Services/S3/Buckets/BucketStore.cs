using System.Text.Json.Nodes;
using Dapper;
using Microsoft.Data.Sqlite;
using Plumbline.Aws.Errors;
using Plumbline.Aws.Protocols;
using Plumbline.LocalCloud.Services.Iam.Policies;
using Plumbline.LocalCloud.State;
using Plumbline.LocalCloud.State.Objects;
using Plumbline.LocalCloud.Time;

namespace Plumbline.LocalCloud.Services.S3.Buckets;

/// <summary>A bucket.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Created">Civil time, Unix milliseconds.</param>
internal sealed record Bucket(string Name, long Created);

/// <summary>The buckets.</summary>
internal sealed class BucketStore(Database database, ObjectFiles files, CivilClock clock)
{
    /// <summary>The property that has the text of the bucket's policy.</summary>
    public const string PolicyProperty = "Policy";

    private static readonly Policy NoPolicy = new([]);
    private readonly PolicyCache<Policy> policies = new();

    /// <summary>All buckets, by name.</summary>
    public IReadOnlyList<Bucket> List() =>
        database.Read(connection =>
            connection.Query<Bucket>("SELECT name, created FROM buckets ORDER BY name").ToList()
        );

    /// <summary>Fails where there is no such bucket.</summary>
    /// <exception cref="AwsException">404 NoSuchBucket.</exception>
    public void Check(string name)
    {
        if (!database.Read(connection => Exists(connection, name)))
        {
            throw ObjectStore.NoSuchBucket(name);
        }
    }

    /// <summary>Makes a bucket, or does nothing where it is there already.</summary>
    public Task AddAsync(string name, JsonObject properties) =>
        database.WriteAsync(connection =>
            connection.Execute(
                "INSERT INTO buckets (name, created, properties) VALUES (@name, @created, @text) ON CONFLICT DO NOTHING",
                new
                {
                    name,
                    created = clock.GetUtcNow().ToUnixTimeMilliseconds(),
                    text = properties.ToJsonString(),
                }
            )
        );

    /// <summary>What a bucket has besides its name, in AWS's member names.</summary>
    /// <exception cref="AwsException">404 NoSuchBucket.</exception>
    public JsonObject Properties(string name) => database.Read(connection => Properties(connection, name));

    /// <summary>Changes what a bucket has besides its name.</summary>
    /// <exception cref="AwsException">404 NoSuchBucket.</exception>
    public async Task ChangeAsync(string name, Action<JsonObject> change)
    {
        await database.WriteAsync(connection =>
        {
            var properties = Properties(connection, name);
            change(properties);
            connection.Execute(
                "UPDATE buckets SET properties = @text WHERE name = @name",
                new { name, text = properties.ToJsonString() }
            );
        });
        policies.Forget(name);
    }

    /// <summary>The policy of a bucket; null where there is none, or no such bucket.</summary>
    public Policy? Policy(string name) =>
        policies.Get(name, ReadPolicy) is { Statements.Count: > 0 } policy ? policy : null;

    /// <summary>Enabled or Suspended; null in a bucket that never had versions.</summary>
    /// <exception cref="AwsException">404 NoSuchBucket.</exception>
    public string? Versioning(string name)
    {
        Check(name);
        return database.Read(connection => Versioning(connection, name));
    }

    /// <summary>Enables or suspends versioning.</summary>
    /// <exception cref="AwsException">404 NoSuchBucket.</exception>
    public Task SetVersioningAsync(string name, string status) =>
        database.WriteAsync(connection =>
        {
            if (
                connection.Execute("UPDATE buckets SET versioning = @status WHERE name = @name", new { name, status })
                == 0
            )
            {
                throw ObjectStore.NoSuchBucket(name);
            }
        });

    /// <summary>Removes a bucket that holds no object and no version; uploads that were begun in it go with it.</summary>
    /// <exception cref="AwsException">404 NoSuchBucket, or 409 BucketNotEmpty.</exception>
    public async Task RemoveAsync(string name)
    {
        var parts = await database.WriteAsync(connection => Remove(connection, name));
        policies.Forget(name);
        parts.ForEach(files.Remove);
    }

    private static List<string> Remove(SqliteConnection connection, string name)
    {
        if (!Exists(connection, name))
        {
            throw ObjectStore.NoSuchBucket(name);
        }

        if (
            connection.ExecuteScalar<bool>(
                """
                SELECT EXISTS (SELECT 1 FROM objects WHERE bucket = @name)
                    OR EXISTS (SELECT 1 FROM object_versions WHERE bucket = @name)
                """,
                new { name }
            )
        )
        {
            var all = Versioning(connection, name) is null ? "" : ". You must delete all versions in the bucket.";
            throw new AwsException("BucketNotEmpty", 409, "The bucket you tried to delete is not empty" + all)
            {
                Members = new() { ["BucketName"] = name },
            };
        }

        var parts = connection
            .Query<string>(
                "SELECT file FROM multipart_parts JOIN multipart_uploads ON id = upload WHERE bucket = @name",
                new { name }
            )
            .ToList();
        connection.Execute("DELETE FROM buckets WHERE name = @name", new { name });
        return parts;
    }

    private Policy? ReadPolicy(string name) =>
        database.Read(connection => FindProperties(connection, name)) is not { } properties ? null
        : properties.Text(PolicyProperty) is { } document ? PolicyReader.ReadKept(document, PolicyKind.Bucket)
        : NoPolicy;

    private static JsonObject Properties(SqliteConnection connection, string name) =>
        FindProperties(connection, name) ?? throw ObjectStore.NoSuchBucket(name);

    private static JsonObject? FindProperties(SqliteConnection connection, string name) =>
        connection.QueryFirstOrDefault<string>("SELECT properties FROM buckets WHERE name = @name", new { name })
            is { } text
            ? JsonDepth.ReadKept(text)
            : null;

    private static string? Versioning(SqliteConnection connection, string name) =>
        connection.QueryFirstOrDefault<string>("SELECT versioning FROM buckets WHERE name = @name", new { name });

    private static bool Exists(SqliteConnection connection, string name) =>
        connection.ExecuteScalar<bool>("SELECT EXISTS (SELECT 1 FROM buckets WHERE name = @name)", new { name });
}
