using Microsoft.Data.Sqlite;

namespace Plumbline.LocalCloud.State;

/// <summary>One piece of work for the writer's thread.</summary>
internal abstract class Write(Delegate work)
{
    /// <summary>The method that asked for the change, such as <c>BuildStore.ChangeAsync</c>.</summary>
    public string Name
    {
        get
        {
            // The compiler puts a lambda into a class nested in its own class: Store+<>c, method <ChangeAsync>b__0.
            var type = work.Method.DeclaringType;
            while (type is { Name: ['<', ..], DeclaringType: { } outer })
            {
                type = outer;
            }

            var method = work.Method.Name;
            var end = method.IndexOf('>', StringComparison.Ordinal);
            return $"{type?.Name}.{(end > 1 ? method[1..end] : method)}";
        }
    }

    public abstract bool TryRun(SqliteConnection connection);

    public abstract void Fail(Exception reason);

    public abstract void Complete();
}

/// <summary>A piece of work that returns a result.</summary>
internal sealed class Write<T>(Func<SqliteConnection, T> work, Delegate named) : Write(named)
{
    private readonly TaskCompletionSource<T> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Exception? failure;
    private T result = default!;

    public Task<T> Task => done.Task;

    public override bool TryRun(SqliteConnection connection)
    {
        try
        {
            result = work(connection);
            return true;
        }
        catch (Exception exception)
        {
            failure = exception;
            return false;
        }
    }

    public override void Fail(Exception reason) => failure ??= reason;

    /// <summary>Completes the caller's task; a second call does nothing.</summary>
    public override void Complete()
    {
        if (failure is null)
        {
            done.TrySetResult(result);
        }
        else
        {
            done.TrySetException(failure);
        }
    }
}
