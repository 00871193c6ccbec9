using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Plumbline.LocalCloud;
using Plumbline.LocalCloud.TestHost;

// A local cloud in its own process, so that tests can kill it: `Plumbline.LocalCloud.TestHost DATA [fuse]`. Its first
// line of output is its address. With a fuse, each line of its input is a number of commits, after which it kills
// itself with SIGKILL.
await using var host = await LocalCloudHost.StartAsync(
    new LocalCloudOptions
    {
        DataFolder = args[0],
        Port = 0,
        MovableClock = true,
    },
    logging =>
    {
        // Standard output has only the answers.
        logging
            .AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace)
            .SetMinimumLevel(LogLevel.Error);
        logging.Services.AddSingleton<Fuse>();
    }
);
Console.WriteLine(host.Endpoint);
if (args is [_, "fuse"])
{
    var fuse = host.Services.GetRequiredService<Fuse>();
    while (await Console.In.ReadLineAsync() is { } commits)
    {
        fuse.Light(int.Parse(commits, null));
        Console.WriteLine("lit");
    }
}
else
{
    await host.WaitForShutdownAsync(CancellationToken.None);
}
