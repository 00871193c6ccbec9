namespace Plumbline.LocalCloud.Services.Iam.Authorization;

/// <summary>
/// Everything that services do by themselves with a role. <see cref="AccessTable"/> is the table of what clients ask
/// for. A service's call with a role is refused if no row here has it.
/// </summary>
internal static class ServiceAsks
{
    /// <summary>All rows of the table.</summary>
    public static IReadOnlyList<ServiceAsk> All { get; } =
    [
        SageMakerAsks.ListInputs,
        SageMakerAsks.ReadInputs,
        SageMakerAsks.StoreOutputs,
        SageMakerAsks.KeepLog,
        SageMakerAsks.SendMetrics,
        SageMakerAsks.SignInToRegistry,
        SageMakerAsks.PullImage,
        SageMakerAsks.LookAtModelData,
        SageMakerAsks.LoadModel,
        SageMakerAsks.StoreCaptures,
        SageMakerAsks.WatchAlarms,
        SageMakerAsks.MakeStep,
        SageMakerAsks.TagVersion,
        SageMakerAsks.FollowStep,
        SageMakerAsks.ReadPropertyFile,
        SageMakerAsks.ReadDefinition,
        BuildAsks.StartBuild,
        BuildAsks.StartPipeline,
        BuildAsks.OpenBuildLog,
        BuildAsks.CloneSource,
    ];

    private static readonly HashSet<string> Operations = [.. All.SelectMany(ask => ask.By)];

    /// <summary>True if a row has the operation as a service's own call.</summary>
    public static bool Has(string service, string operation) => Operations.Contains($"{service} {operation}");
}
