using System.Collections.Concurrent;
using System.Diagnostics;

namespace Plumbline.Testing;

/// <summary>
/// Starts programs from one thread that lasts as long as this process. A program that asks to die with its parent
/// (bubblewrap's <c>--die-with-parent</c>) dies with the <em>thread</em> that started it, and a thread of the pool ends
/// after 20 s without work.
/// </summary>
public static class LastingThread
{
    private static readonly BlockingCollection<Action> Orders = [];

    static LastingThread() =>
        new Thread(() =>
        {
            foreach (var order in Orders.GetConsumingEnumerable())
            {
                order();
            }
        })
        {
            IsBackground = true,
            Name = "starts programs",
        }.Start();

    public static Process Start(ProcessStartInfo info)
    {
        var started = new TaskCompletionSource<Process>();
        Orders.Add(() =>
        {
            try
            {
                started.SetResult(Process.Start(info)!);
            }
            catch (Exception exception)
            {
                started.SetException(exception);
            }
        });
        return started.Task.InTimeAsync(null, $"the start of {info.FileName}").GetAwaiter().GetResult();
    }
}
