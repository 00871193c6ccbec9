using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Plumbline.Testing;

/// <summary>
/// Bounds for what a test waits for once: it comes in time, or the test fails and says what did not come. <see cref="Eventually"/> is
/// for states that are asked for again and again.
/// </summary>
public static class InTime
{
    /// <summary>How long what takes moments may take on a machine that does much else.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    /// <summary>Waits for a task.</summary>
    /// <exception cref="TimeoutException">It took longer than the limit; names what was waited for.</exception>
    public static async Task<T> InTimeAsync<T>(
        this Task<T> task,
        TimeSpan? limit = null,
        [CallerArgumentExpression(nameof(task))] string what = ""
    )
    {
        await ((Task)task).InTimeAsync(limit, what);
        return await task;
    }

    /// <summary>Waits for a task.</summary>
    /// <exception cref="TimeoutException">It took longer than the limit; names what was waited for.</exception>
    public static async Task InTimeAsync(
        this Task task,
        TimeSpan? limit = null,
        [CallerArgumentExpression(nameof(task))] string what = ""
    )
    {
        var bound = limit ?? Limit;
        try
        {
            await task.WaitAsync(bound);
        }
        catch (TimeoutException) when (!task.IsCompleted)
        {
            throw new TimeoutException($"Waited {bound.TotalSeconds:0} s in vain for: {what}");
        }
    }

    /// <summary>Waits for a program's end, and gives its exit code; one that does not end is killed.</summary>
    /// <exception cref="TimeoutException">It took longer than the limit; names the program.</exception>
    public static async Task<int> EndAsync(this Process process, TimeSpan? limit = null)
    {
        try
        {
            await process.WaitForExitAsync().InTimeAsync(limit, $"the end of {Name(process)}");
        }
        catch (TimeoutException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        return process.ExitCode;
    }

    /// <summary>As <see cref="EndAsync"/>, for what cannot be asynchronous.</summary>
    public static int End(this Process process) => process.EndAsync().GetAwaiter().GetResult();

    /// <summary>The next line that a program prints; null at the end of its output.</summary>
    /// <exception cref="TimeoutException">It took longer than the limit; names the program.</exception>
    public static Task<string?> NextLineAsync(this Process process) =>
        process.StandardOutput.ReadLineAsync().InTimeAsync(null, $"a line from {Name(process)}");

    private static string Name(Process process) =>
        string.Join(' ', [process.StartInfo.FileName, .. process.StartInfo.ArgumentList]);
}
