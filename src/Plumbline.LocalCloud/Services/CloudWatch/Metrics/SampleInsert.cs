using Microsoft.Data.Sqlite;

namespace Plumbline.LocalCloud.Services.CloudWatch.Metrics;

/// <summary>
/// Adds samples with one prepared statement; equal values of the same minute are counted, not kept separately.
/// </summary>
internal sealed class SampleInsert : IDisposable
{
    private readonly SqliteCommand command;

    public SampleInsert(SqliteConnection connection)
    {
        command = connection.CreateCommand();
        command.CommandText = """
            INSERT INTO metric_data VALUES (@metric, @timestamp, @unit, @minimum, @maximum, @sum, @count)
            ON CONFLICT DO UPDATE SET
                sum = sum + excluded.sum, sample_count = sample_count + excluded.sample_count
            """;
        command.Parameters.Add("@metric", SqliteType.Integer);
        command.Parameters.Add("@timestamp", SqliteType.Integer);
        command.Parameters.Add("@unit", SqliteType.Text);
        command.Parameters.Add("@minimum", SqliteType.Real);
        command.Parameters.Add("@maximum", SqliteType.Real);
        command.Parameters.Add("@sum", SqliteType.Real);
        command.Parameters.Add("@count", SqliteType.Real);
        command.Prepare();
    }

    public void Run(long metric, MetricSample sample)
    {
        command.Parameters[0].Value = metric;
        command.Parameters[1].Value = sample.Timestamp;
        command.Parameters[2].Value = sample.Unit;
        command.Parameters[3].Value = sample.Minimum;
        command.Parameters[4].Value = sample.Maximum;
        command.Parameters[5].Value = sample.Sum;
        command.Parameters[6].Value = sample.SampleCount;
        command.ExecuteNonQuery();
    }

    public void Dispose() => command.Dispose();
}
