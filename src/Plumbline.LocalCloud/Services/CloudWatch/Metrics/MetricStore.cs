using System.Collections.Concurrent;
using Dapper;
using Microsoft.Data.Sqlite;
using Plumbline.LocalCloud.State;

namespace Plumbline.LocalCloud.Services.CloudWatch.Metrics;

/// <summary>The metrics and their data.</summary>
internal sealed class MetricStore(Database database, CivilClock clock)
{
    private readonly ConcurrentDictionary<Metric, long> ids = new();

    /// <summary>Raised after data of a metric are on disk.</summary>
    public event Action<Metric>? Written;

    /// <summary>Adds data; durable when it returns.</summary>
    public async Task PutAsync(IReadOnlyList<(Metric Metric, MetricSample Sample)> data)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var found = await database.WriteAsync(connection =>
        {
            var known = new Dictionary<Metric, long>();
            using var insert = new SampleInsert(connection);
            foreach (var (metric, sample) in data)
            {
                if (!known.TryGetValue(metric, out var id))
                {
                    id = ids.TryGetValue(metric, out var remembered) ? remembered : IdOf(connection, metric, now);
                    known.Add(metric, id);
                }

                insert.Run(id, sample);
            }

            connection.Execute(
                "UPDATE metrics SET last_data = @now WHERE id IN @ids AND last_data < @now",
                new { now, ids = known.Values }
            );
            return known;
        });
        foreach (var (metric, id) in found)
        {
            ids[metric] = id;
            Written?.Invoke(metric);
        }
    }

    /// <summary>The samples of a metric in order of time.</summary>
    /// <param name="metric">The metric.</param>
    /// <param name="unit">Only samples of this unit; null for all.</param>
    /// <param name="from">The first time; Unix milliseconds.</param>
    /// <param name="to">The time after the last; Unix milliseconds.</param>
    public IReadOnlyList<MetricSample> Read(Metric metric, string? unit, long from, long to) =>
        database.Read(connection =>
            connection
                .Query<MetricSample>(
                    """
                    SELECT timestamp, unit, minimum, maximum, sum, sample_count AS sampleCount
                    FROM metrics JOIN metric_data ON metric_id = id
                    WHERE namespace = @Namespace AND name = @Name AND dimensions = @Dimensions
                      AND timestamp >= @from AND timestamp < @to AND (@unit IS NULL OR unit = @unit)
                    ORDER BY timestamp
                    """,
                    new
                    {
                        metric.Namespace,
                        metric.Name,
                        metric.Dimensions,
                        from,
                        to,
                        unit,
                    }
                )
                .AsList()
        );

    /// <summary>The metrics that have had data since a time, by namespace and name.</summary>
    public IReadOnlyList<Metric> List(string? metricNamespace, string? name, DateTimeOffset since) =>
        database.Read(connection =>
            connection
                .Query<Metric>(
                    """
                    SELECT namespace, name, dimensions FROM metrics
                    WHERE (@metricNamespace IS NULL OR namespace = @metricNamespace)
                      AND (@name IS NULL OR name = @name) AND last_data >= @since
                    ORDER BY namespace, name, dimensions
                    """,
                    new
                    {
                        metricNamespace,
                        name,
                        since = since.ToUnixTimeMilliseconds(),
                    }
                )
                .AsList()
        );

    private static long IdOf(SqliteConnection connection, Metric metric, long now)
    {
        connection.Execute(
            """
            INSERT INTO metrics (namespace, name, dimensions, last_data)
            VALUES (@Namespace, @Name, @Dimensions, @now) ON CONFLICT DO NOTHING
            """,
            new
            {
                metric.Namespace,
                metric.Name,
                metric.Dimensions,
                now,
            }
        );
        return connection.ExecuteScalar<long>(
            "SELECT id FROM metrics WHERE namespace = @Namespace AND name = @Name AND dimensions = @Dimensions",
            metric
        );
    }
}
