using Plumbline.Serving;
using Plumbline.Serving.Aws;
using Plumbline.Serving.Onnx;
using Plumbline.Serving.Scoring;
using Plumbline.XGBoost.Inputs;
using Plumbline.XGBoost.Models;
using Plumbline.XGBoost.Native;

// SageMaker starts an inference container with the argument "serve"; the training pipeline scores models with "score".
if (args is not ["serve" or "score"])
{
    await Console.Error.WriteLineAsync("plumbline-serving: write one of its commands: serve, score");
    return 2;
}
try
{
    if (args is ["score"])
    {
        await ScoreCommand.RunAsync(CancellationToken.None);
        return 0;
    }
    var settings = ServingSettings.FromEnvironment();
    var image = AwsImage.FromEnvironment(Environment.GetEnvironmentVariable);
    if (image is null && OnnxServer.IsFor(settings.ModelFolder))
    {
        await OnnxServer.RunAsync(settings);
        return 0;
    }
    // A row takes microseconds to predict, so that the thread that reads its socket does it better than a pool thread
    // that is woken for it. It must be set before the first socket is made.
    Environment.SetEnvironmentVariable("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS", "1");
    if (image is not null)
    {
        using var booster = AwsModel.Load(settings.ModelFolder, Console.Out);
        await using var aws = ModelServer.Create(settings, new AwsInvocations(image, booster).HandleAsync);
        await aws.RunAsync();
        return 0;
    }
    using var model = LoadedModel.From(ModelArchive.Read(settings.ModelFolder));
    await using var server = ModelServer.Create(settings, model);
    await server.RunAsync();
    return 0;
}
catch (Exception e) when (e is InputException or XGBoostException or DllNotFoundException or IOException)
{
    await Console.Error.WriteLineAsync($"plumbline-serving: {e.Message}");
    return 1;
}
