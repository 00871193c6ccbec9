using Microsoft.Extensions.Logging;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.Identity;
using Plumbline.LocalCloud.Services.Iam.Authorization;
using Plumbline.LocalCloud.Services.SageMaker.PipelineExecutions.Expressions;
using Plumbline.LocalCloud.Services.SageMaker.PipelineExecutions.Records;
using Plumbline.LocalCloud.State;

namespace Plumbline.LocalCloud.Services.SageMaker.PipelineExecutions.Running;

/// <summary>The services that every execution uses.</summary>
internal sealed record RunSurroundings(
    PipelineExecutionStore Store,
    Dispatcher Dispatcher,
    ServiceRights Rights,
    PropertyFileReader PropertyFiles,
    ResourceSignals Signals,
    CivilClock Clock,
    Scheduler Scheduler,
    ILogger<RunSurroundings> Logger
)
{
    /// <summary>Returns the caller of a step: a session of the pipeline's role, with the name that AWS uses.</summary>
    internal static Caller CallerOf(PipelineExecution execution, string step) =>
        Caller.OfRole(execution.State.RoleArn, $"sagemaker-pipeline-{execution.Id}-{step}");
}
