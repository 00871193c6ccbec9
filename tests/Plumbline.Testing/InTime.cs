using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Plumbline.Testing;

/// <summary>
/// Limits single waits of a test: if the result does not arrive in time, the test fails and names it. For states that
/// are polled, use <see cref="Eventually"/>.
/// </summary>
public static class InTime
{
    /// <summary>The limit for short operations, long enough for a busy machine.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    /// <exception cref="TimeoutException">The task took longer than the limit; the message names it.</exception>
    public static async Task<T> InTimeAsync<T>(
        this Task<T> task,
        TimeSpan? limit = null,
        [CallerArgumentExpression(nameof(task))] string what = ""
    )
    {
        await ((Task)task).InTimeAsync(limit, what);
        return await task;
    }

    /// <exception cref="TimeoutException">The task took longer than the limit; the message names it.</exception>
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

    /// <summary>Waits for a program's end and returns its exit code; kills a program that does not end.</summary>
    /// <exception cref="TimeoutException">The program took longer than the limit; the message names it.</exception>
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

    /// <summary>The same as <see cref="EndAsync"/>, for code that cannot be asynchronous.</summary>
    public static int End(this Process process) => process.EndAsync().GetAwaiter().GetResult();

    /// <summary>Returns the next line of a program's output; null at its end.</summary>
    /// <exception cref="TimeoutException">
    /// The line took longer than the limit; the message names the program.
    /// </exception>
    public static Task<string?> NextLineAsync(this Process process) =>
        process.StandardOutput.ReadLineAsync().InTimeAsync(null, $"a line from {Name(process)}");

    private static string Name(Process process) =>
        string.Join(' ', [process.StartInfo.FileName, .. process.StartInfo.ArgumentList]);
}
