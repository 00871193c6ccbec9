using System.Text.Json.Nodes;

namespace Plumbline.Aws.Formats.Pipelines;

/// <summary>A step of a pipeline.</summary>
public sealed record StepDefinition
{
    /// <summary>Unique in the pipeline, branches included.</summary>
    public required string Name { get; init; }

    /// <summary>AWS's step type, one of <see cref="StepTypes"/>.</summary>
    public required string Type { get; init; }

    /// <summary>Its arguments with their expressions; without the steps of the branches.</summary>
    public required JsonObject Arguments { get; init; }

    /// <summary>The name that people see, where it has one.</summary>
    public string? DisplayName { get; init; }

    /// <summary>Its purpose, where that is said.</summary>
    public string? Description { get; init; }

    /// <summary>The steps named in DependsOn.</summary>
    public IReadOnlyList<string> DependsOn { get; init; } = [];

    /// <summary>Files of a processing step's outputs that Std:JsonGet may read, by their name.</summary>
    public IReadOnlyDictionary<string, PropertyFileDefinition> PropertyFiles { get; init; } =
        new Dictionary<string, PropertyFileDefinition>();

    /// <summary>When a failed attempt is made again.</summary>
    public IReadOnlyList<RetryPolicyDefinition> RetryPolicies { get; init; } = [];

    /// <summary>The branch that the step is in; null at the top level.</summary>
    public StepBranch? Branch { get; init; }

    /// <summary>The steps that must have succeeded before this one starts: DependsOn and every reference.</summary>
    public required IReadOnlySet<string> Needs { get; init; }
}

/// <summary>A branch of a condition step.</summary>
/// <param name="Condition">The condition step.</param>
/// <param name="Outcome">true for IfSteps, false for ElseSteps.</param>
public sealed record StepBranch(string Condition, bool Outcome);

/// <summary>A JSON file in one of a processing step's outputs.</summary>
/// <param name="OutputName">The processing output.</param>
/// <param name="FilePath">The file's path in that output.</param>
public sealed record PropertyFileDefinition(string OutputName, string FilePath);

/// <summary>When a failed attempt is made again.</summary>
/// <param name="ExceptionTypes">Such as <c>SageMaker.CAPACITY_ERROR</c>.</param>
/// <param name="IntervalSeconds">Before the first further attempt.</param>
/// <param name="BackoffRate">By which the interval grows with each attempt.</param>
/// <param name="MaxAttempts">How many further attempts at most; null where <paramref name="ExpireAfterMin"/> bounds them.</param>
/// <param name="ExpireAfterMin">Minutes since the step's start after which no attempt is made.</param>
public sealed record RetryPolicyDefinition(
    IReadOnlyList<string> ExceptionTypes,
    double IntervalSeconds,
    double BackoffRate,
    int? MaxAttempts,
    int? ExpireAfterMin
);

/// <summary>AWS's names of step types.</summary>
public static class StepTypes
{
    public const string Training = "Training";
    public const string Processing = "Processing";
    public const string Model = "Model";
    public const string RegisterModel = "RegisterModel";
    public const string Condition = "Condition";
    public const string Fail = "Fail";

    /// <summary>The operation whose input a step's arguments are; null for steps that make no resource of SageMaker's.</summary>
    public static string? CreateOperation(string type) =>
        type switch
        {
            Training => "CreateTrainingJob",
            Processing => "CreateProcessingJob",
            Model => "CreateModel",
            RegisterModel => "CreateModelPackage",
            _ => null,
        };

    /// <summary>The operation whose output a step's properties are; null where it has none.</summary>
    public static string? DescribeOperation(string type) =>
        CreateOperation(type)?.Replace("Create", "Describe", StringComparison.Ordinal);
}
