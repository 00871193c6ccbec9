using System.Runtime.InteropServices;
using Plumbline.Jobs.Compare;
using Plumbline.Jobs.Evaluate;
using Plumbline.Jobs.Monitor;
using Plumbline.Jobs.Prepare;
using Plumbline.Jobs.Train;

// One program behind the jobs image; the first argument says which job it is.
Dictionary<string, Func<string[], CancellationToken, Task<int>>> commands = new()
{
    ["train"] = TrainCommand.RunAsync,
    ["prepare"] = PrepareCommand.RunAsync,
    ["evaluate"] = EvaluateCommand.RunAsync,
    ["compare"] = CompareCommand.RunAsync,
    ["monitor"] = MonitorCommand.RunAsync,
};

if (args.Length == 0 || !commands.TryGetValue(args[0], out var command))
{
    var given = args.Length == 0 ? "nothing" : args[0];
    await Console.Error.WriteLineAsync($"plumbline-jobs: {given} is not one of {string.Join(", ", commands.Keys)}");
    return 2;
}
using var stop = new CancellationTokenSource();
using var signal = PosixSignalRegistration.Create(
    PosixSignal.SIGTERM,
    context =>
    {
        // SageMaker gives 120 s between SIGTERM and SIGKILL to end well.
        context.Cancel = true;
        stop.Cancel();
    }
);
return await command(args[1..], stop.Token);
