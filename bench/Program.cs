using Plumbline.Bench.Load;
using Plumbline.Bench.ObjectStore;
using Plumbline.Bench.Pipelines;
using Plumbline.Bench.Serving;
using Plumbline.Bench.Training;

// Ours against the peers in one run. Each bench prints ours, the peer's, the ratio and the bar.
Dictionary<string, Func<CancellationToken, Task>> benches = new()
{
    ["serving"] = ServingBench.RunAsync,
    ["s3"] = ObjectStoreBench.RunAsync,
    ["training"] = TrainingBench.RunAsync,
    ["pipelines"] = PipelinesBench.RunAsync,
    ["cloud"] = BenchCloud.RunAsync,
    ["library-alone"] = LibraryAlone.RunAsync,
    ["const-server"] = ConstServer.RunAsync,
};
if (args is not [var name] || !benches.TryGetValue(name, out var bench))
{
    await Console.Error.WriteLineAsync("dotnet run -c Release --project bench -- serving|s3|training|pipelines");
    return 2;
}
await bench(CancellationToken.None);
return 0;
