using KilledCloud;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Plumbline.LocalCloud;

// A local cloud in its own process, which kills itself at a chosen write: `KilledCloud DATA`. It prints its endpoint
// and keys. Each line of its input is a number of commits, after which it kills itself with SIGKILL.
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
            .SetMinimumLevel(LogLevel.Warning);
        logging.Services.AddSingleton<Fuse>();
    }
);
var fuse = host.Services.GetRequiredService<Fuse>();
Console.WriteLine($"{host.Endpoint} {host.Keys.AccessKeyId} {host.Keys.SecretAccessKey}");
while (await Console.In.ReadLineAsync() is { } commits)
{
    fuse.Light(int.Parse(commits, null));
    Console.WriteLine("lit");
}
