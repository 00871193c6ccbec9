using System.Text.Json.Nodes;
using Plumbline.Loop.Home;
using Plumbline.Records;

namespace Plumbline.Loop.Stack;

/// <summary>The images that the stack of a loop was deployed with.</summary>
public static class DeployedImages
{
    /// <summary>Requires that the stack has the images that this program's pipeline definitions name.</summary>
    /// <exception cref="UserError">The stack is missing, or has the images of another plumb.</exception>
    public static async Task RequireOwnAsync(LoopContext loop, CancellationToken cancellationToken)
    {
        var asked = new JsonObject { ["names"] = new JsonArray(loop.Names.BuildProject) };
        var answer = await loop.Clients.CodeBuild.BatchGetProjectsAsync(asked, cancellationToken);
        var image = answer.Projects.FirstOrDefault()?.Environment?.Image;
        if (image != loop.Names.JobsImage)
        {
            throw new UserError(
                loop.Names.BuildProject,
                image is null
                    ? "is missing: run `plumb aws deploy`, which creates the loop's resources"
                    : $"has the image {image}, but this plumb needs {loop.Names.JobsImage}: "
                        + "run `plumb aws deploy`, or use the plumb that deployed it"
            );
        }
    }
}
