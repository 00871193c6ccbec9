using Microsoft.Extensions.DependencyInjection;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.Services.CodeCommit;
using Plumbline.LocalCloud.Services.S3;
using Plumbline.LocalCloud.State;
using Plumbline.LocalCloud.State.Removal;
using Plumbline.LocalCloud.State.Retention;
using Plumbline.LocalCloud.Time;

namespace Plumbline.LocalCloud;

/// <summary>Registers all parts of the local cloud; each service adds itself.</summary>
internal static class LocalCloudServices
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<ServerEndpoint>();
        services.AddSingleton(provider => new CivilClock(
            provider.GetRequiredService<Database>(),
            provider.GetRequiredService<LocalCloudOptions>().Machine
        ));
        services.AddSingleton<Scheduler>().AddHostedService(provider => provider.GetRequiredService<Scheduler>());
        services.AddSingleton<EventOutbox>();
        services.AddSingleton<SetAsideItems>();
        services.AddHostedService<WriterWatch>();
        services.AddHostedService<TrashRunner>();
        services.AddHostedService<RetentionRunner>();
        services.AddExpiry("items set aside", "DELETE FROM set_aside WHERE at < @real - 90 * @day");
        ServiceWatch.Add(services);
        GatewayService.Add(services);
        Processes.ProcessesService.Add(services);
        S3Service.Add(services);
        Services.Iam.IamService.Add(services);
        Services.Sts.StsService.Add(services);
        Services.CloudWatch.CloudWatchService.Add(services);
        Services.Events.EventsService.Add(services);
        Services.Logs.LogsService.Add(services);
        CodeCommitService.Add(services);
        Services.CodeBuild.CodeBuildService.Add(services);
        Services.SageMaker.SageMakerService.Add(services);
        Services.SageMakerRuntime.SageMakerRuntimeService.Add(services);
        Services.Sns.SnsService.Add(services);
    }
}
