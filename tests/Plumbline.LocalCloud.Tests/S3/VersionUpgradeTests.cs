using System.Reflection;
using Amazon.S3;
using Dapper;
using Microsoft.Data.Sqlite;
using Plumbline.LocalCloud.State;
using Plumbline.Testing;

namespace Plumbline.LocalCloud.Tests.S3;

public sealed class VersionUpgradeTests
{
    [Fact]
    public async Task A_data_folder_from_before_versions_opens_and_its_objects_become_null_versions()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.At("objects"));
        await File.WriteAllTextAsync(folder.At("objects/old-1"), "before");
        await WriteOldDatabaseAsync(folder.At("plumbline.db"));

        await using var cloud = await LocalCloudHost.StartAsync(
            new LocalCloudOptions { DataFolder = folder.Path, Port = 0 }
        );
        using var bucket = S3Bucket.Of(cloud, "old");
        (await bucket.GetTextAsync("k")).ShouldBe("before");
        await VersioningTests.SetAsync(bucket, VersionStatus.Enabled);
        var put = await bucket.PutAsync("k", "after");
        (await VersioningTests.ListAsync(bucket)).ShouldBe([
            ("k", put.VersionId, true, false),
            ("k", "null", false, false),
        ]);
    }

    /// <summary>A database of schema 14.</summary>
    private static async Task WriteOldDatabaseAsync(string path)
    {
        await using var connection = new SqliteConnection($"Data Source={path};Pooling=false");
        await connection.OpenAsync();
        var assembly = typeof(Database).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(IsOld).Order(StringComparer.Ordinal))
        {
            await connection.ExecuteAsync(Text(assembly, name));
        }

        await connection.ExecuteAsync(
            """
            INSERT INTO buckets (name, created) VALUES ('old', 1);
            INSERT INTO objects VALUES ('old', x'6b', 'old-1', 6, @tag, 1, '{"ContentType": "text/plain"}');
            PRAGMA user_version = 14;
            """,
            new { tag = S3Bucket.Md5("before"u8.ToArray()) }
        );
    }

    private static bool IsOld(string name) =>
        name.Split(".Schema.") is [_, var file] && string.CompareOrdinal(file, "0015") < 0;

    private static string Text(Assembly assembly, string name)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
