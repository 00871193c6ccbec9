using Microsoft.Extensions.DependencyInjection;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.Services.SageMakerRuntime.Invocations;

namespace Plumbline.LocalCloud.Services.SageMakerRuntime;

/// <summary>Amazon SageMaker Runtime: the invocations of endpoints.</summary>
internal static class SageMakerRuntimeService
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<InvokeEndpoint>();
        services.AddSingleton(provider => new OwnPath(
            InvokeEndpoint.Prefix,
            provider.GetRequiredService<InvokeEndpoint>().AnswerAsync
        )
        {
            Claims = InvokeEndpoint.Claims,
        });
    }
}
