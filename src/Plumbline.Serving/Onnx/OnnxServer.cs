using System.Globalization;
using Plumbline.Serving.Onnx.Signature;
using Plumbline.XGBoost.Inputs;
using Plumbline.XGBoost.Models;

namespace Plumbline.Serving.Onnx;

/// <summary>Serves a folder with <c>model.onnx</c>. A server of another model never loads ONNX Runtime.</summary>
internal static class OnnxServer
{
    /// <summary>True if the folder has an ONNX model, or a signature without another model.</summary>
    /// <exception cref="InputException">The folder has a booster, too.</exception>
    public static bool IsFor(string folder)
    {
        bool Has(string name) => File.Exists(Path.Combine(folder, name));
        var (isOnnx, isBooster) = (Has(OnnxModel.FileName), Has(ModelArchive.BoosterName));
        return isOnnx && isBooster
            ? throw new InputException(
                "model",
                $"it contains {OnnxModel.FileName} and {ModelArchive.BoosterName}: keep one of them"
            )
            : isOnnx || (!isBooster && Has(ModelSignature.FileName));
    }

    public static async Task RunAsync(ServingSettings settings)
    {
        var threads = Threads();
        using var model = OnnxModel.Load(settings.ModelFolder, threads);
        using var invocations = new OnnxInvocations(model, threads);
        await Console.Out.WriteLineAsync($"{model.Description}, {threads} threads, up to {model.Max} examples at once");
        await using var server = ModelServer.Create(settings, invocations.HandleAsync, isQuick: false);
        await server.RunAsync();
        var (requests, runs) = invocations.Done;
        await Console.Out.WriteLineAsync($"{OnnxModel.FileName}: {requests} requests in {runs} runs");
    }

    /// <summary>OMP_NUM_THREADS, which a model's environment may set, else the processors that this process may use.</summary>
    private static int Threads() =>
        int.TryParse(
            Environment.GetEnvironmentVariable("OMP_NUM_THREADS"),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var threads
        )
        && threads > 0
            ? threads
            : Environment.ProcessorCount;
}
