using System.Text.Json.Nodes;

namespace Plumbline.Aws.Formats.Pipelines;

public sealed record StepDefinition
{
    /// <summary>Unique in the pipeline, branches included.</summary>
    public required string Name { get; init; }

    /// <summary>AWS's step type, one of <see cref="StepTypes"/>.</summary>
    public required string Type { get; init; }

    /// <summary>The arguments with their expressions; without the steps of the branches.</summary>
    public required JsonObject Arguments { get; init; }

    /// <summary>The name shown to people, if the step has one.</summary>
    public string? DisplayName { get; init; }

    public string? Description { get; init; }

    /// <summary>The steps named in DependsOn.</summary>
    public IReadOnlyList<string> DependsOn { get; init; } = [];

    /// <summary>Files in a processing step's outputs that Std:JsonGet may read, by name.</summary>
    public IReadOnlyDictionary<string, PropertyFileDefinition> PropertyFiles { get; init; } =
        new Dictionary<string, PropertyFileDefinition>();

    /// <summary>The rules by which a failed attempt is repeated.</summary>
    public IReadOnlyList<RetryPolicyDefinition> RetryPolicies { get; init; } = [];

    /// <summary>The branch of a condition step that the step is in; null at the top level.</summary>
    public StepBranch? Branch { get; init; }

    /// <summary>The steps that must have succeeded before this one starts: DependsOn and every reference.</summary>
    public required IReadOnlySet<string> Needs { get; init; }
}

/// <param name="Condition">The condition step.</param>
/// <param name="Outcome">true for IfSteps, false for ElseSteps.</param>
public sealed record StepBranch(string Condition, bool Outcome);

/// <summary>A JSON file in one of a processing step's outputs.</summary>
/// <param name="OutputName">The processing output.</param>
/// <param name="FilePath">The file's path in that output.</param>
public sealed record PropertyFileDefinition(string OutputName, string FilePath);

/// <summary>One rule by which a failed attempt is repeated.</summary>
/// <param name="ExceptionTypes">Such as <c>SageMaker.CAPACITY_ERROR</c>.</param>
/// <param name="IntervalSeconds">Seconds before the first repetition.</param>
/// <param name="BackoffRate">Factor by which the interval grows with each repetition.</param>
/// <param name="MaxAttempts">The most repetitions; null if <paramref name="ExpireAfterMin"/> limits them.</param>
/// <param name="ExpireAfterMin">Minutes after the step's start in which an attempt may begin.</param>
public sealed record RetryPolicyDefinition(
    IReadOnlyList<string> ExceptionTypes,
    double IntervalSeconds,
    double BackoffRate,
    int? MaxAttempts,
    int? ExpireAfterMin
);

public static class StepTypes
{
    public const string Training = "Training";
    public const string Processing = "Processing";
    public const string Model = "Model";
    public const string RegisterModel = "RegisterModel";
    public const string Condition = "Condition";
    public const string Fail = "Fail";

    /// <summary>
    /// Returns the operation that takes a step's arguments, or null if the step makes no SageMaker resource.
    /// </summary>
    public static string? CreateOperation(string type) =>
        type switch
        {
            Training => "CreateTrainingJob",
            Processing => "CreateProcessingJob",
            Model => "CreateModel",
            RegisterModel => "CreateModelPackage",
            _ => null,
        };

    /// <summary>
    /// Returns the operation whose output has a step's properties, or null without such an operation.
    /// </summary>
    public static string? DescribeOperation(string type) =>
        CreateOperation(type)?.Replace("Create", "Describe", StringComparison.Ordinal);
}
