using Microsoft.Extensions.Logging;
using Plumbline.LocalCloud;

// A local cloud in its own process, so that tests can kill it. Its argument is the data folder; its first line of
// output is its address.
await using var host = await LocalCloudHost.StartAsync(
    new LocalCloudOptions
    {
        DataFolder = args[0],
        Port = 0,
        MovableClock = true,
    },
    logging =>
        logging
            .AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace)
            .SetMinimumLevel(LogLevel.Error)
);
Console.WriteLine(host.Endpoint);
await host.WaitForShutdownAsync(CancellationToken.None);
