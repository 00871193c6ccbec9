namespace Plumbline.Loop.Checks.Rules;

/// <summary>The parity linter: finds what AWS would reject or do differently, before anything runs.</summary>
public static class ParityCheck
{
    private static readonly (string Number, Func<CheckSubject, IEnumerable<Problem>> Find)[] All =
    [
        ("PL001", DeploymentRules.FirstStep),
        ("PL002", AlarmRules.EvaluationPeriod),
        ("PL003", NameRules.Names),
        ("PL004", DefinitionRules.Refused),
        ("PL005", InstanceRules.Unknown),
        ("PL006", GpuRules.NoGpu),
        ("PL007", GpuRules.CpuOnlyImage),
        ("PL008", XGBoostRules.ModelChannel),
        ("PL009", XGBoostRules.DaskCheckpoints),
        ("PL010", RuntimeRules.JobLimit),
        ("PL011", RuntimeRules.BuildTimeout),
        ("PL012", RuntimeRules.LambdaTimeout),
        ("PL013", ScheduleRules.ParameterWithoutDefault),
        ("PL014", DefinitionRules.Size),
        ("PL015", QuotaRules.AtOnce),
        ("PL016", InstanceRules.EndOfLife),
        ("PL017", InstanceRules.OneT4),
        ("PL018", DefinitionRules.OnlyOnAws),
        ("PL019", GpuRules.IdleGpu),
        ("PL020", ScheduleRules.Expression),
        // PL021 compares with the version in production, which needs a cloud: `plumb check` adds it.
        ("PL022", DeploymentRules.ShortBake),
        ("PL023", HyperparameterRules.Lengths),
        ("PL024", SpotRules.Checkpoints),
        ("PL025", PyTorchRules.Patches),
        ("PL026", EndpointRules.OneInstance),
        ("PL027", EndpointRules.IdleGpu),
        ("PL028", PyTorchRules.Region),
        ("PL029", SourceRules.OtherBuckets),
    ];

    public static IReadOnlyList<string> Rules { get; } = [.. All.Select(rule => rule.Number)];

    /// <returns>The worst first, then by rule.</returns>
    public static IReadOnlyList<Finding> Run(CheckSubject subject) =>
        [
            .. All.SelectMany(rule =>
                    rule.Find(subject)
                        .Select(problem => new Finding(rule.Number, problem.Severity, problem.Place, problem.Message))
                )
                .Distinct()
                .OrderByDescending(finding => finding.Severity)
                .ThenBy(finding => finding.Rule, StringComparer.Ordinal),
        ];
}
