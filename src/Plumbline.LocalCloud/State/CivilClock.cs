using Dapper;

namespace Plumbline.LocalCloud.State;

/// <summary>
/// The time of records, schedules, alarm periods and capture paths: real time plus an offset that only grows.
/// The offset is kept in the database, so that a restart does not turn the clock back.
/// </summary>
internal sealed class CivilClock : TimeProvider
{
    private readonly Database database;
    private readonly TimeProvider machine;
    private long offsetMilliseconds;

    /// <param name="database">The database that keeps the offset.</param>
    /// <param name="machine">The machine's clock; people and NTP may set it forward and back.</param>
    public CivilClock(Database database, TimeProvider? machine = null)
    {
        (this.database, this.machine) = (database, machine ?? System);
        offsetMilliseconds = database.Read(connection =>
            connection.ExecuteScalar<long>("SELECT offset_milliseconds FROM civil_clock")
        );
    }

    /// <summary>Raised after the clock was moved.</summary>
    public event Action? Moved;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() =>
        machine.GetUtcNow().AddMilliseconds(Interlocked.Read(ref offsetMilliseconds));

    /// <summary>Moves civil time forward.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The step is not positive.</exception>
    public async Task AdvanceAsync(TimeSpan step)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(step, TimeSpan.Zero);
        var milliseconds = (long)step.TotalMilliseconds;
        await database.WriteAsync(connection =>
            connection.Execute(
                "UPDATE civil_clock SET offset_milliseconds = offset_milliseconds + @milliseconds",
                new { milliseconds }
            )
        );
        Interlocked.Add(ref offsetMilliseconds, milliseconds);
        Moved?.Invoke();
    }
}
