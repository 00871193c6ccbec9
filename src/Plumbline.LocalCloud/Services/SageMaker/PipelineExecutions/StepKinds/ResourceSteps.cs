using System.Collections.Frozen;
using System.Security.Cryptography;
using Plumbline.Aws.Formats.Pipelines;
using Plumbline.LocalCloud.Services.SageMaker.PipelineExecutions.Running;

namespace Plumbline.LocalCloud.Services.SageMaker.PipelineExecutions.StepKinds;

/// <summary>The kinds of steps that create a resource, and the names of their resources.</summary>
internal static class ResourceSteps
{
    private const int LongestName = 63;
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private static readonly FrozenDictionary<string, IResourceStep> Kinds = new Dictionary<string, IResourceStep>
    {
        [StepTypes.Training] = new TrainingStepRunner(),
        [StepTypes.Processing] = new ProcessingStepRunner(),
        [StepTypes.Model] = new ModelStepRunner(),
        [StepTypes.RegisterModel] = new RegisterModelStepRunner(),
    }.ToFrozenDictionary();

    /// <summary>Returns the kind of a step type, or null if the type does not create a resource.</summary>
    public static IResourceStep? Of(string type) => Kinds.GetValueOrDefault(type);

    /// <summary>
    /// Returns a new name for a step's resource in AWS's form <c>pipelines-EXECUTIONID-STEP-RANDOM</c>, with the step's
    /// name truncated to fit. If the definition gives a prefix, the form is <c>PREFIX-EXECUTIONID-RANDOM</c>. If
    /// SageMaker names the resource, the result is a unique ClientToken.
    /// </summary>
    public static string NewName(IResourceStep kind, string executionId, string step, string? prefix)
    {
        if (kind.NameMember is null)
        {
            return Guid.NewGuid().ToString();
        }

        var random = RandomNumberGenerator.GetString(Letters, 10);
        var (before, cut, after) = prefix is null
            ? ($"pipelines-{executionId}-", step.Replace('_', '-'), $"-{random}")
            : ("", prefix, $"-{executionId}-{random}");
        var room = LongestName - before.Length - after.Length;
        return before + cut[..Math.Min(room, cut.Length)].Trim('-') + after;
    }
}
