using Microsoft.Extensions.DependencyInjection;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.Services.SageMaker.EndpointConfigs;
using Plumbline.LocalCloud.Services.SageMaker.Hosting.Capture;
using Plumbline.LocalCloud.Services.SageMaker.Hosting.Endpoints;
using Plumbline.LocalCloud.Services.SageMaker.Hosting.Metrics;
using Plumbline.LocalCloud.Services.SageMaker.Hosting.ModelServers;
using Plumbline.LocalCloud.Services.SageMaker.Hosting.Routing;
using Plumbline.LocalCloud.Services.SageMaker.ModelPackageGroups;
using Plumbline.LocalCloud.Services.SageMaker.ModelPackages;
using Plumbline.LocalCloud.Services.SageMaker.Models;
using Plumbline.LocalCloud.Services.SageMaker.PipelineExecutions;
using Plumbline.LocalCloud.Services.SageMaker.PipelineExecutions.Expressions;
using Plumbline.LocalCloud.Services.SageMaker.PipelineExecutions.Records;
using Plumbline.LocalCloud.Services.SageMaker.PipelineExecutions.Running;
using Plumbline.LocalCloud.Services.SageMaker.Pipelines;
using Plumbline.LocalCloud.Services.SageMaker.ProcessingJobs;
using Plumbline.LocalCloud.Services.SageMaker.Tags;
using Plumbline.LocalCloud.Services.SageMaker.TrainingJobs;
using Plumbline.LocalCloud.State.Retention;

namespace Plumbline.LocalCloud.Services.SageMaker;

/// <summary>Registers the API classes of Amazon SageMaker and the services that they need.</summary>
internal static class SageMakerService
{
    public static void Add(IServiceCollection services)
    {
        AddTags(services);
        AddRegistry(services);
        AddModels(services);
        AddPipelines(services);
        AddJobs(services);
        AddHosting(services);
    }

    private static void AddTags(IServiceCollection services) =>
        services.AddSingleton<TagStore>().AddAwsService("sagemaker", typeof(TagApi));

    private static void AddRegistry(IServiceCollection services) =>
        services
            .AddSingleton<ModelPackageGroupStore>()
            .AddSingleton<ModelPackageStore>()
            .AddSingleton<ModelPackageEvents>()
            .AddAwsService("sagemaker", typeof(ModelPackageGroupApi), typeof(ModelPackageApi));

    private static void AddModels(IServiceCollection services) =>
        services
            .AddSingleton<ModelStore>()
            .AddSingleton<EndpointConfigStore>()
            .AddAwsService("sagemaker", typeof(ModelApi), typeof(EndpointConfigApi));

    private static void AddPipelines(IServiceCollection services) =>
        services
            .AddSingleton<PipelineStore>()
            .AddSingleton<PipelineDefinitions>()
            .AddSingleton<PipelineExecutionStore>()
            .AddSingleton<PipelineExecutionEvents>()
            .AddSingleton<PropertyFileReader>()
            .AddSingleton<ResourceSignals>()
            .AddSingleton<RunSurroundings>()
            .AddSingleton<PipelineExecutionRunner>()
            .AddHostedService(provider => provider.GetRequiredService<PipelineExecutionRunner>())
            // As on AWS, jobs, executions and versions never expire; only the start tokens do.
            .AddExpiry(
                "tokens of started executions",
                """
                DELETE FROM pipeline_start_tokens WHERE execution IN (
                    SELECT key FROM documents WHERE kind = 'sagemaker/pipeline-execution' AND created < @now - 365 * @day)
                """
            )
            .AddAwsService(
                "sagemaker",
                typeof(PipelineApi),
                typeof(PipelineExecutionApi),
                typeof(PipelineExecutionStepApi)
            );

    private static void AddJobs(IServiceCollection services) =>
        services
            .AddSingleton<TrainingJobStore>()
            .AddSingleton<TrainingJobRules>()
            .AddSingleton<TrainingContainer>()
            .AddSingleton<TrainingJobDescription>()
            .AddSingleton<TrainingMetricSender>()
            .AddSingleton<ScriptMode>()
            .AddSingleton<TrainingJobRunner>()
            .AddHostedService(provider => provider.GetRequiredService<TrainingJobRunner>())
            .AddSingleton<ProcessingJobStore>()
            .AddSingleton<ProcessingContainer>()
            .AddSingleton<ProcessingJobRunner>()
            .AddHostedService(provider => provider.GetRequiredService<ProcessingJobRunner>())
            .AddAwsService("sagemaker", typeof(TrainingJobApi), typeof(ProcessingJobApi));

    private static void AddHosting(IServiceCollection services)
    {
        services.AddSingleton<EndpointEvents>().AddSingleton<EndpointStore>().AddSingleton<FleetPlan>();
        services
            .AddSingleton<ModelDownload>()
            .AddSingleton<ModelServerLauncher>()
            .AddSingleton<FleetTools>()
            .AddSingleton<Fleets>();
        services.AddSingleton<DeploymentAlarms>().AddSingleton<EndpointDeployment>();
        services
            .AddSingleton<EndpointRunner>()
            .AddHostedService(provider => provider.GetRequiredService<EndpointRunner>());
        services.AddAwsService("sagemaker", typeof(EndpointApi));
        services.AddSingleton<EndpointRoutes>();
        services.AddSingleton<CaptureLogs>().AddHostedService<CaptureRunner>();
        services.AddSingleton<MetricRunner>().AddHostedService(provider => provider.GetRequiredService<MetricRunner>());
    }
}
