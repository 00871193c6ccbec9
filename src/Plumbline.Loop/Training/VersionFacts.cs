using Plumbline.Pipelines.Steps;
using Plumbline.Pipelines.Values;
using Plumbline.Records;

namespace Plumbline.Loop.Training;

/// <summary>The facts that a registered version keeps about its training, by the names of <see cref="ModelMetadata"/>.</summary>
internal static class VersionFacts
{
    /// <param name="role"><c>old</c>, <c>new</c> or <c>first</c>.</param>
    /// <param name="train">The step that trained it.</param>
    /// <param name="parameters">The pipeline's parameters.</param>
    /// <param name="prepared">A value from the result of prepare.</param>
    /// <param name="isAlone">True for a new candidate without an old one beside it.</param>
    public static Dictionary<string, PipelineValue> Of(
        string role,
        TrainingStep train,
        TrainingParameters parameters,
        Func<string, PipelineValue> prepared,
        bool isAlone
    )
    {
        var facts = new Dictionary<string, PipelineValue>
        {
            [ModelMetadata.Role] = role,
            [ModelMetadata.DataSetVersion] = prepared("datasetVersion"),
            [ModelMetadata.Commit] = parameters.CommitId,
            [ModelMetadata.Trigger] = parameters.StartedBy,
            [ModelMetadata.TrainingJob] = train.TrainingJobName,
            [ModelMetadata.Project] = parameters.Project,
        };
        if (role != "first")
        {
            facts[ModelMetadata.Parent] = prepared("parentPackageArn");
        }

        if (isAlone)
        {
            facts[ModelMetadata.LeftOut] = prepared("leftOut");
        }

        return facts;
    }
}
