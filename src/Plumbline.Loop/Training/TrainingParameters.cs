using Plumbline.Loop.Home;
using Plumbline.Pipelines.Values;

namespace Plumbline.Loop.Training;

/// <summary>
/// The parameters of the training pipeline. Each defaults to the newest upload, since a rule or a person may start an
/// execution without parameters.
/// </summary>
internal sealed class TrainingParameters(LoopNames names, TrainingInputs? inputs)
{
    public const string BaseDataUri = nameof(BaseDataUri);
    public const string ProjectUri = nameof(ProjectUri);
    public const string CodeUri = nameof(CodeUri);
    public const string Commit = nameof(Commit);
    public const string Trigger = nameof(Trigger);
    public const string TrainingKind = nameof(TrainingKind);

    public Parameter BaseData { get; } =
        Parameter.Text(BaseDataUri, $"s3://{names.Bucket}/{inputs?.BaseKey ?? "data/base/"}");

    public Parameter Project { get; } =
        Parameter.Text(ProjectUri, $"s3://{names.Bucket}/{inputs?.ProjectKey ?? "projects/"}");

    public Parameter CommitId { get; } = Parameter.Text(Commit, inputs?.Commit ?? TrainingInputs.NoCommit);

    public Parameter StartedBy { get; } = Parameter.Text(Trigger, "hand");

    /// <summary>The kind of the training, for projects with refreshes.</summary>
    public Parameter Kind { get; } = Parameter.Text(TrainingKind, Records.Monitoring.TrainingKind.Full);

    /// <summary>The training code, for algorithms that need it.</summary>
    public Parameter Code { get; } = Parameter.Text(CodeUri, $"s3://{names.Bucket}/{inputs?.CodeKey ?? "code/"}");

    /// <param name="code">True if the algorithm needs code.</param>
    /// <param name="refreshes">True if the project has refreshes.</param>
    public IReadOnlyList<Parameter> Of(bool code, bool refreshes) =>
        [
            BaseData,
            Project,
            .. code ? (Parameter[])[Code] : [],
            CommitId,
            StartedBy,
            .. refreshes ? (Parameter[])[Kind] : [],
        ];
}
