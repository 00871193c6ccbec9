using Microsoft.Extensions.DependencyInjection;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.Services.CodeBuild.Builds;
using Plumbline.LocalCloud.Services.CodeBuild.Projects;
using Plumbline.LocalCloud.State.Retention;

namespace Plumbline.LocalCloud.Services.CodeBuild;

internal static class CodeBuildService
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<ProjectStore>();
        services.AddSingleton<BuildStore>();
        services.AddSingleton<BuildRights>();
        services.AddSingleton<SourceCheckout>();
        services.AddSingleton<BuildEnvironment>();
        services.AddSingleton<BuildRunner>().AddHostedService(provider => provider.GetRequiredService<BuildRunner>());
        // The newest of a project stays for its number.
        services.AddExpiry(
            "builds",
            """
            DELETE FROM documents AS old
            WHERE kind = 'codebuild/build' AND created < @now - 365 * @day AND tree ->> '$.buildComplete'
              AND created < (SELECT MAX(created) FROM documents WHERE kind = 'codebuild/build' AND parent = old.parent)
            """
        );
        services.AddAwsService("codebuild", typeof(ProjectApi), typeof(BuildApi));
    }
}
