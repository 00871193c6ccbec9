using Amazon.CDK;
using Amazon.CDK.CloudFormation.Include;
using Constructs;
using Plumbline.Loop.Stack;
using Plumbline.Records.Project;

namespace Plumbline.Infra;

/// <summary>
/// A project's loop as a CDK stack, for teams that have a CDK app of their own: the very resources of
/// <c>plumb aws synth</c>, under the same logical ids, to be added to and referred to.
/// </summary>
public sealed class LoopStack : Amazon.CDK.Stack
{
    /// <summary>Makes the stack.</summary>
    /// <param name="scope">The app.</param>
    /// <param name="project">What the project is.</param>
    /// <param name="imageTag">The tag of the images: <see cref="ImageContext.Tag"/> of the CLI that made them.</param>
    /// <param name="props">As for any stack.</param>
    public LoopStack(Construct scope, ProjectDescription project, string imageTag, IStackProps? props = null)
        : base(scope, LoopTemplate.NameOf(project.LoopName()), props)
    {
        var file = Path.Combine(
            Path.GetTempPath(),
            $"{LoopTemplate.NameOf(project.LoopName())}-{Guid.NewGuid():n}.json"
        );
        File.WriteAllText(file, LoopTemplate.Of(project, imageTag));
        try
        {
            Resources = new CfnInclude(this, "Loop", new CfnIncludeProps { TemplateFile = file });
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>The loop's resources by their logical ids, such as <c>Bucket</c> or <c>TopicAlerts</c>.</summary>
    public CfnInclude Resources { get; }
}
