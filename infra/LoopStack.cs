using Amazon.CDK;
using Amazon.CDK.CloudFormation.Include;
using Constructs;
using Plumbline.Loop.Home;
using Plumbline.Loop.Stack;
using Plumbline.Records.Project;

namespace Plumbline.Infra;

/// <summary>
/// A project's loop as a CDK stack, for teams with their own CDK app: the same resources as <c>plumb aws synth</c>,
/// under the same logical ids, so that an app can extend and reference them.
/// </summary>
public sealed class LoopStack : Amazon.CDK.Stack
{
    /// <param name="scope">The app that contains the stack.</param>
    /// <param name="imageTag">The tag of the images: <see cref="ImageContext.Tag"/> of the CLI that built them.</param>
    /// <param name="props">The usual properties of a stack.</param>
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
