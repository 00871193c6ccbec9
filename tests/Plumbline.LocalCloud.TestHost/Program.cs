using Microsoft.Extensions.Logging;
using Plumbline.LocalCloud;

// A local cloud in a process of its own, which tests can kill: its data folder is the argument, and the first line
// that it prints is its address.
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
