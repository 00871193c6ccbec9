using System.Collections.Frozen;
using System.Security.Cryptography;
using Plumbline.Aws.Formats.Pipelines;

namespace Plumbline.LocalCloud.Services.SageMaker.PipelineExecutions.StepKinds;

/// <summary>The kinds of steps that make something, and the names of what they make.</summary>
internal static class ResourceSteps
{
    private const int LongestName = 63;
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private static readonly FrozenDictionary<string, IResourceStep> Kinds = new Dictionary<string, IResourceStep>
    {
        [StepTypes.Training] = new TrainingStep(),
        [StepTypes.Processing] = new ProcessingStep(),
        [StepTypes.Model] = new ModelStep(),
        [StepTypes.RegisterModel] = new RegisterModelStep(),
    }.ToFrozenDictionary();

    /// <summary>The kind of a step type; null where it makes nothing.</summary>
    public static IResourceStep? Of(string type) => Kinds.GetValueOrDefault(type);

    /// <summary>
    /// A new name for what a step makes, as AWS makes them: <c>pipelines-&lt;execution id&gt;-&lt;step&gt;-&lt;10
    /// random&gt;</c>, the step's name cut to fit; a definition may give a prefix of its own. Where SageMaker names
    /// it, a token that is as unique.
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
