using Microsoft.Extensions.DependencyInjection;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.Services.CodeBuild.Builds;
using Plumbline.LocalCloud.Services.CodeBuild.Projects;

namespace Plumbline.LocalCloud.Services.CodeBuild;

internal static class CodeBuildService
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<ProjectStore>();
        services.AddSingleton<BuildStore>();
        services.AddSingleton<SourceCheckout>();
        services.AddSingleton<BuildEnvironment>();
        services.AddSingleton<BuildRunner>().AddHostedService(provider => provider.GetRequiredService<BuildRunner>());
        services.AddAwsService("codebuild", typeof(ProjectApi), typeof(BuildApi));
    }
}
