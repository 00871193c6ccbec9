using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;
using Plumbline.Records;

namespace Plumbline.Loop.Stack;

/// <summary>The images that the stack of a loop was deployed with.</summary>
public static class DeployedImages
{
    /// <summary>Makes sure that the jobs of definitions which this program writes will find their images.</summary>
    /// <exception cref="UserError">The stack has those of another one.</exception>
    public static async Task RequireOwnAsync(LoopContext loop, CancellationToken cancellationToken)
    {
        var asked = new JsonObject { ["names"] = new JsonArray(loop.Names.BuildProject) };
        var answer = await loop.Clients.CodeBuild.BatchGetProjectsAsync(asked, cancellationToken);
        var image = answer.Objects("projects").FirstOrDefault()?.Object("environment")?.Text("image");
        if (image != loop.Names.JobsImage)
        {
            throw new UserError(
                loop.Names.BuildProject,
                image is null
                    ? "is not there: `plumb aws deploy` makes what the loop needs"
                    : $"has the image {image}, and the one of this plumb is {loop.Names.JobsImage}: "
                        + "run `plumb aws deploy`, or the plumb that deployed it"
            );
        }
    }
}
