using Plumbline.Training.Serving;

namespace Plumbline.Training.Tests;

/// <summary>A training program: it does what the hyperparameter <c>does</c> says. Jobs run this assembly.</summary>
internal static class SmallProgram
{
    /// <summary>Two inputs; their sum decides.</summary>
    private static readonly DenseLayer[] Layers =
    [
        new(2, 3, [1, -1, 0.5f, 1, -1, 0.5f], [0, 0.25f, -1]),
        new(3, 2, [-1, 1, 1, -1, 0.5f, -0.5f], [0.1f, -0.1f]),
    ];

    public static int Main(string[] arguments)
    {
        var job = Job.FromEnvironment();
        switch (job.Parameters.Text("does"))
        {
            case "train":
                ServableModel.Write(job.ModelFolder, Layers, job.Labels);
                Job.Report(0, ("train-loss", 0.5), ("validation-accuracy", 0.75));
                Console.WriteLine(string.Join(' ', arguments));
                Console.WriteLine($"{Environment.GetEnvironmentVariable("SM_CHANNEL_TRAIN")} {job.Epochs} epochs");
                return 0;
            case "predict a number":
                ServableModel.Write(job.ModelFolder, [new(2, 1, [2, -0.5f], [1])], job.Labels);
                return 0;
            case "mix up the labels":
                ServableModel.Write(job.ModelFolder, Layers, [.. job.Labels.Reverse()]);
                return 0;
            case "write half":
                File.WriteAllText(Path.Combine(job.ModelFolder, "model.onnx"), "");
                return 0;
            case "throw":
                throw new InvalidOperationException("the loss is not a number");
            case "end with 3":
                Console.Error.WriteLine("no row is left");
                return 3;
            case "wait":
                Console.WriteLine("waiting");
                using (var stop = new ManualResetEventSlim())
                using (
                    System.Runtime.InteropServices.PosixSignalRegistration.Create(
                        System.Runtime.InteropServices.PosixSignal.SIGTERM,
                        context =>
                        {
                            context.Cancel = true;
                            job.Checkpoints.Write(1, "half"u8);
                            stop.Set();
                        }
                    )
                )
                {
                    stop.Wait(TimeSpan.FromMinutes(1));
                }

                return 4;
            default:
                return 0;
        }
    }
}
