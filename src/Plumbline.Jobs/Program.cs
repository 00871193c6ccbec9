using System.Runtime.InteropServices;
using Plumbline.Jobs.Blend;
using Plumbline.Jobs.Compare;
using Plumbline.Jobs.Evaluate;
using Plumbline.Jobs.Monitor;
using Plumbline.Jobs.Prepare;
using Plumbline.Jobs.Train;

// The jobs image has one program; its first argument names the job.
Dictionary<string, Func<string[], CancellationToken, Task<int>>> commands = new()
{
    ["train"] = TrainCommand.RunAsync,
    ["prepare"] = PrepareCommand.RunAsync,
    ["blend"] = BlendCommand.RunAsync,
    ["evaluate"] = EvaluateCommand.RunAsync,
    ["compare"] = CompareCommand.RunAsync,
    ["monitor"] = MonitorCommand.RunAsync,
};

if (args.Length == 0 || !commands.TryGetValue(args[0], out var command))
{
    var given = args.Length == 0 ? "the command is missing" : $"'{args[0]}' is not a command";
    await Console.Error.WriteLineAsync($"plumbline-jobs: {given}: write one of {string.Join(", ", commands.Keys)}");
    return 2;
}
using var stop = new CancellationTokenSource();
using var signal = PosixSignalRegistration.Create(
    PosixSignal.SIGTERM,
    context =>
    {
        // SageMaker sends SIGKILL 120 s after SIGTERM; a job uses that time to save its work.
        context.Cancel = true;
        stop.Cancel();
    }
);
return await command(args[1..], stop.Token);
