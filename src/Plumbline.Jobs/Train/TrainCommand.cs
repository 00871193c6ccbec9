using Plumbline.XGBoost.Inputs;
using Plumbline.XGBoost.Native;

namespace Plumbline.Jobs.Train;

/// <summary>
/// <c>plumbline-jobs train</c>: trains an XGBoost model, or lets the project's own program train, under SageMaker's
/// training contract. The exit code is 0 if the model is in the model folder; otherwise it is the program's or 1, with
/// the reason in the failure file.
/// </summary>
public static class TrainCommand
{
    public static async Task<int> RunAsync(string[] args, CancellationToken stop)
    {
        var folders = JobFolders.FromEnvironment();
        try
        {
            var program = new OwnProgram(folders);
            if (ReplacedImage.FromEnvironment() is null && program.IsGiven)
            {
                await program.RunAsync(stop);
            }
            else
            {
                new Training(folders, Console.Out).Run(stop);
            }

            return 0;
        }
        catch (ProgramFailure failure)
        {
            await Console.Error.WriteLineAsync(failure.Message);
            // A program may say itself why it failed.
            if (!File.Exists(folders.Failure))
            {
                await WriteFailureAsync(folders.Failure, failure.Message);
            }

            return failure.Code;
        }
        catch (Exception e)
        {
            var reason = Reason(e);
            await Console.Error.WriteLineAsync(e is InputException or StoppedException ? reason : e.ToString());
            await WriteFailureAsync(folders.Failure, reason);
            return 1;
        }
    }

    private static string Reason(Exception e) =>
        e switch
        {
            InputException or StoppedException => e.Message,
            XGBoostException => $"XGBoost: {e.Message}",
            DllNotFoundException => e.Message,
            IOException or UnauthorizedAccessException => $"a file could not be read or written: {e.Message}",
            _ => $"{e.GetType().Name}: {e.Message}",
        };

    private static async Task WriteFailureAsync(string path, string reason)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllTextAsync(path, reason);
        }
        catch (IOException e)
        {
            await Console.Error.WriteLineAsync($"the failure file could not be written: {e.Message}");
        }
    }
}
