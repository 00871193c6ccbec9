using Plumbline.Bench.Backtest;
using Plumbline.Bench.Categories;
using Plumbline.Bench.Listing;
using Plumbline.Bench.Load;
using Plumbline.Bench.Monitoring;
using Plumbline.Bench.ObjectStore;
using Plumbline.Bench.Pages;
using Plumbline.Bench.Pipelines;
using Plumbline.Bench.Prepare;
using Plumbline.Bench.Serving;
using Plumbline.Bench.Training;

// Measures Plumbline and its peers in one run. Each bench prints ours, the peer's, the ratio and the bar.
Dictionary<string, Func<CancellationToken, Task>> benches = new()
{
    ["serving"] = ServingBench.RunAsync,
    ["blend"] = BlendBench.RunAsync,
    ["gateway"] = cancel => GatewayBench.RunAsync(args, cancel),
    ["pictures"] = PicturesBench.RunAsync,
    ["s3"] = ObjectStoreBench.RunAsync,
    ["training"] = TrainingBench.RunAsync,
    ["pipelines"] = PipelinesBench.RunAsync,
    ["monitoring"] = MonitoringBench.RunAsync,
    ["console"] = PagesBench.RunAsync,
    ["backtest"] =
        args.Contains("--ablation") ? AblationBench.RunAsync
        : args.Contains("--projects") ? ProjectBench.RunAsync
        : BacktestBench.RunAsync,
    ["categories"] = cancel => CategoriesBench.RunAsync(args, cancel),
    ["listing"] = cancel => ListingBench.RunAsync(args, cancel),
    ["prepare"] = cancel => PrepareBench.RunAsync(args, cancel),
};

// Programs that the benches start as separate processes.
Dictionary<string, Func<CancellationToken, Task>> programs = new()
{
    ["cloud"] = BenchCloud.RunAsync,
    ["library-alone"] = LibraryAlone.RunAsync,
    ["const-server"] = ConstServer.RunAsync,
    ["bare-server"] = BareServer.RunAsync,
    ["forward-server"] = ForwardServer.RunAsync,
    ["console-index"] = cancel => IndexProgram.RunAsync(args[1], args[2], args[3], cancel),
    ["list-objects"] = cancel => ListingBench.ListAsync(args[1], cancel),
    ["prepare-files"] = _ => PrepareProgram.WriteAsync(args[1], args[2]),
    ["prepare-build"] = _ => PrepareProgram.RunAsync(args[1]),
    ["monitoring-join"] = cancel => JoinProgram.OfFilesAsync(args[1], cancel),
    ["monitoring-join-s3"] = cancel => JoinProgram.OfObjectsAsync(args[1], cancel),
};
if (args is not [var name, ..] || !(benches.TryGetValue(name, out var run) || programs.TryGetValue(name, out run)))
{
    await Console.Error.WriteLineAsync($"dotnet run -c Release --project bench -- {string.Join('|', benches.Keys)}");
    return 2;
}
await run(CancellationToken.None);
return 0;
