using Plumbline.Serving;
using Plumbline.XGBoost;
using Plumbline.XGBoost.Models;

// SageMaker starts an inference container with the argument "serve".
if (args is not ["serve"])
{
    await Console.Error.WriteLineAsync("plumbline-serving: the one command is serve");
    return 2;
}
try
{
    var settings = ServingSettings.FromEnvironment();
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
