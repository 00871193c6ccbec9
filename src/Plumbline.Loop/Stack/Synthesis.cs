using System.Text.Json;
using System.Text.Json.Nodes;
using Plumbline.Loop.Home;
using Plumbline.Loop.Monitoring;
using Plumbline.Loop.Training;
using Plumbline.Records.Project;

namespace Plumbline.Loop.Stack;

/// <summary>Everything that a project creates on AWS, as files for people who have to approve it.</summary>
public static class Synthesis
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>The files by name: the templates of both stacks, and the definitions of both pipelines.</summary>
    public static IReadOnlyDictionary<string, string> Of(ProjectDescription project)
    {
        var names = LoopNames.Of(project, Template.AnyAccount, Template.AnyRegion);
        return new Dictionary<string, string>
        {
            [$"{LoopTemplate.NameOf(project.LoopName())}.template.json"] = LoopTemplate.Of(project),
            [$"{ImagesTemplate.Name}.template.json"] = ImagesTemplate.Of(),
            [$"{names.TrainingPipeline}.pipeline.json"] = ForPeople(TrainingPipeline.Definition(project, names)),
            [$"{names.MonitorPipeline}.pipeline.json"] = ForPeople(MonitorPipeline.Definition(project, names)),
        };
    }

    private static string ForPeople(string json) => JsonNode.Parse(json)!.ToJsonString(Indented) + "\n";
}
