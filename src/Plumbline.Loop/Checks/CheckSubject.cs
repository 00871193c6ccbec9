using System.Text.Json.Nodes;
using Plumbline.Aws.Formats.Pipelines;
using Plumbline.Loop.Project;
using Plumbline.Records.Project;

namespace Plumbline.Loop.Checks;

/// <summary>The subject of a check: a project with all that follows from it, or one definition alone.</summary>
public sealed record CheckSubject
{
    // Names are as long in any account. Those of a stage name the region too, and are within AWS's limits in each.
    private const string AnyAccount = "000000000000";
    private const string AnyRegion = "us-east-1";

    /// <summary>The project; null where there is only a definition.</summary>
    public ProjectDescription? Project { get; init; }

    /// <summary>Where its keys stand.</summary>
    public DescriptionLines Lines { get; init; } = DescriptionLines.None;

    /// <summary>The names of its resources; null without a project.</summary>
    public LoopNames? Names { get; init; }

    /// <summary>The texts of the project's own training code; null where nobody looked at them.</summary>
    public IReadOnlyList<string>? Code { get; init; }

    /// <summary>The region that it is for; null where that is not known.</summary>
    public string? Region { get; init; }

    /// <summary>The day of the check.</summary>
    public DateOnly Today { get; init; } = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);

    /// <summary>The loop's resources.</summary>
    public IReadOnlyList<LoopResource> Resources { get; init; } = [];

    /// <summary>The pipelines.</summary>
    public IReadOnlyList<CheckedPipeline> Pipelines { get; init; } = [];

    /// <summary>Why the project's pipelines cannot be made, in AWS's words; null where they can, as nearly always.</summary>
    internal string? Refusal { get; init; }

    /// <summary>A project as <c>plumb push</c> would apply it.</summary>
    public static CheckSubject OfProject(ProjectDescription project, DescriptionLines lines)
    {
        var names = LoopNames.Of(project, AnyAccount, AnyRegion);
        var subject = new CheckSubject
        {
            Project = project,
            Lines = lines,
            Names = names,
        };
        try
        {
            var made = OfResources(LoopResources.Of(project, names, names.RepositoryUrl));
            return subject with { Resources = made.Resources, Pipelines = made.Pipelines };
        }
        catch (PipelineDefinitionException exception)
        {
            return subject with { Refusal = exception.Message };
        }
    }

    /// <summary>Resources, however they were made.</summary>
    public static CheckSubject OfResources(IReadOnlyList<LoopResource> resources)
    {
        var sent = resources.Select(Sent).ToList();
        return new CheckSubject
        {
            Resources = sent,
            Pipelines =
            [
                .. sent.Where(one => one.Kind == ResourceKind.Pipeline)
                    .Select(one => CheckedPipeline.Read(one.Name, (string?)one.Definition["PipelineDefinition"] ?? "")),
            ],
        };
    }

    /// <summary>As it goes over the wire: a number made in memory reads only as the type that it was made of.</summary>
    private static LoopResource Sent(LoopResource resource) =>
        resource with
        {
            Definition = Reread(resource.Definition),
            Attached = [.. resource.Attached.Select(Reread)],
        };

    private static JsonObject Reread(JsonObject node) => JsonNode.Parse(node.ToJsonString())!.AsObject();

    /// <summary>A definition alone.</summary>
    public static CheckSubject OfDefinition(string name, string definition) =>
        new() { Pipelines = [CheckedPipeline.Read(name, definition)] };

    /// <summary>The steps of all pipelines.</summary>
    internal IEnumerable<CheckedStep> Steps => Pipelines.SelectMany(pipeline => pipeline.Steps);

    /// <summary>The steps that run the kinds of jobs that the rules know.</summary>
    internal IEnumerable<CheckedStep> Jobs => Steps.Where(step => step.IsTraining || step.IsProcessing);

    /// <summary>The training steps.</summary>
    internal IEnumerable<CheckedStep> Trainings => Steps.Where(step => step.IsTraining);

    /// <summary>Every place that names an instance type: the keys of a project, else the steps.</summary>
    internal IEnumerable<InstanceUse> Instances =>
        Project is { } project
            ?
            [
                new(Lines.Of("training.instance"), project.Training.Instance, InstanceUse.Training),
                new(Lines.Of("processing.instance"), project.Processing.Instance, InstanceUse.Processing),
                new(Lines.Of("endpoint.instance"), project.Endpoint.Instance, InstanceUse.Endpoint),
            ]
            : Jobs.Where(step => step.InstanceType is not null)
                .Select(step => new InstanceUse(
                    step.Place,
                    step.InstanceType!,
                    step.IsTraining ? InstanceUse.Training : InstanceUse.Processing
                ));

    /// <summary>Where a step's instance type was written: a loop's own steps have theirs from plumbline.yaml.</summary>
    internal string InstancePlace(CheckedStep step) =>
        Project is null ? step.Place : Lines.Of(step.IsTraining ? "training.instance" : "processing.instance");
}
