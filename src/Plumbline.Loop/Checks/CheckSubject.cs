using System.Text.Json.Nodes;
using Plumbline.Aws.Formats.Pipelines;
using Plumbline.Aws.Views.SageMaker;
using Plumbline.Loop.Home;
using Plumbline.Loop.Resources;
using Plumbline.Records.Project;

namespace Plumbline.Loop.Checks;

/// <summary>The subject of a check: a project with all of its resources, or one pipeline definition alone.</summary>
public sealed record CheckSubject
{
    // The length of names is the same in every account. Names with the region are within AWS's limits in every region.
    private const string AnyAccount = "000000000000";
    private const string AnyRegion = "us-east-1";

    /// <summary>The project; null for a definition alone.</summary>
    public ProjectDescription? Project { get; init; }

    /// <summary>The lines of the project's keys in plumbline.yaml.</summary>
    public DescriptionLines Lines { get; init; } = DescriptionLines.None;

    /// <summary>The names of the project's resources; null without a project.</summary>
    public LoopNames? Names { get; init; }

    /// <summary>The texts of the project's own training code; null if they were not read.</summary>
    public IReadOnlyList<string>? Code { get; init; }

    /// <summary>The AWS region to check for; null if it is unknown.</summary>
    public string? Region { get; init; }

    /// <summary>The day of the check, UTC.</summary>
    public DateOnly Today { get; init; } = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);

    public IReadOnlyList<LoopResource> Resources { get; init; } = [];

    public IReadOnlyList<CheckedPipeline> Pipelines { get; init; } = [];

    /// <summary>AWS's reason to reject the project's pipelines; null if it accepts them.</summary>
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

    public static CheckSubject OfResources(IReadOnlyList<LoopResource> resources)
    {
        var sent = resources.Select(Sent).ToList();
        return new CheckSubject
        {
            Resources = sent,
            Pipelines =
            [
                .. sent.Where(one => one.Kind == ResourceKind.Pipeline)
                    .Select(one =>
                        CheckedPipeline.Read(
                            one.Name,
                            new CreatePipelineRequest(one.Definition).PipelineDefinition ?? ""
                        )
                    ),
            ],
        };
    }

    /// <summary>The resource re-read from JSON: a number made in memory can be read only as its own type.</summary>
    private static LoopResource Sent(LoopResource resource) =>
        resource with
        {
            Definition = Reread(resource.Definition),
            Attached = [.. resource.Attached.Select(Reread)],
        };

    private static JsonObject Reread(JsonObject node) => JsonNode.Parse(node.ToJsonString())!.AsObject();

    public static CheckSubject OfDefinition(string name, string definition) =>
        new() { Pipelines = [CheckedPipeline.Read(name, definition)] };

    /// <summary>The steps of all pipelines.</summary>
    internal IEnumerable<CheckedStep> Steps => Pipelines.SelectMany(pipeline => pipeline.Steps);

    /// <summary>The training steps and the processing steps.</summary>
    internal IEnumerable<CheckedStep> Jobs => Steps.Where(step => step.IsTraining || step.IsProcessing);

    internal IEnumerable<CheckedStep> Trainings => Steps.Where(step => step.IsTraining);

    /// <summary>
    /// Every place that names an instance type: a project's keys, or the steps of a definition alone.
    /// </summary>
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

    /// <summary>The place that sets a step's instance type: plumbline.yaml for the loop's own steps.</summary>
    internal string InstancePlace(CheckedStep step) =>
        Project is null ? step.Place : Lines.Of(step.IsTraining ? "training.instance" : "processing.instance");
}
