using Microsoft.Extensions.DependencyInjection;
using Plumbline.LocalCloud.Processes.Images;
using Plumbline.LocalCloud.Processes.Jobs;
using Plumbline.LocalCloud.Processes.Logs;
using Plumbline.LocalCloud.Processes.Sandboxing;
using Plumbline.LocalCloud.Processes.Supervision;

namespace Plumbline.LocalCloud.Processes;

/// <summary>The services that jobs, model servers and builds share.</summary>
internal static class ProcessesService
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<Sandbox>();
        services.AddHostedService<SandboxNotice>();
        services.AddSingleton<Supervisor>();
        services.AddSingleton<LogTail>();
        services.AddSingleton<JobEnvironment>();
        services.AddSingleton<Interpreters>();
        services.AddSingleton<ImageTable>();
        services.AddSingleton<ImagePull>();
        services.AddSingleton<JobInputs>();
        services.AddSingleton<JobOutputs>();
        services.AddSingleton<JobTools>();
    }
}
