using Plumbline.Aws.Views.CodeBuild;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.Gateway.Credentials;
using Plumbline.LocalCloud.Processes;
using Plumbline.LocalCloud.Processes.Specs;

namespace Plumbline.LocalCloud.Services.CodeBuild.Builds;

/// <summary>
/// The environment of a build: CodeBuild's variables, the project's own, the credentials of its role.
/// </summary>
internal sealed class BuildEnvironment(
    LocalCloudOptions options,
    CredentialStore credentials,
    BuildStore store,
    ServerEndpoint server
)
{
    private const string Tools = "/opt/plumbline-tools";

    /// <summary>Returns the process that runs a build, and grants it keys of its role.</summary>
    public async Task<ProcessSpec> SpecAsync(
        Build build,
        Buildspec buildspec,
        BuildFolder folder,
        TimeSpan limit,
        CancellationToken cancellationToken
    )
    {
        var endpoint = await server.WaitAsync(cancellationToken);
        var grant = await credentials.GrantAsync(build.ServiceRole, $"AWSCodeBuild-{build.Id.Split(':')[^1]}");
        await store.GrantAsync(build.Id, grant.Id);
        var variables = HostEnvironment.Variables();
        foreach (
            var (name, value) in CodeBuild(build, endpoint).Concat(ContainerCredentials.Environment(endpoint, grant))
        )
        {
            variables[name] = value;
        }

        // The project's variables win over the buildspec's, as on AWS.
        foreach (var (name, value) in buildspec.Variables.Concat(ProjectVariables(build)))
        {
            variables[name] = value;
        }

        List<Bind> binds = [new(folder.Work, BuildFolder.Inside, Writable: true)];
        if (options.ToolsFolder is { } tools)
        {
            binds.Add(new Bind(tools, Tools));
            variables["PATH"] = $"{Tools}:{variables.GetValueOrDefault("PATH")}";
        }

        return new ProcessSpec
        {
            Folder = folder.Process,
            Command = ["sh", $"{BuildFolder.Inside}/build.sh", $"{BuildFolder.Inside}/phases"],
            Environment = PythonStart.In(variables),
            Binds = binds,
            WorkingFolder = $"{BuildFolder.Inside}/src",
            Network = ProcessNetwork.Of(options.Internet, Internet.Builds, endpoint.Port),
            Limit = limit,
            Limits = InstanceLimits.OfBuild(build.Environment?.ComputeType),
        };
    }

    private static IEnumerable<KeyValuePair<string, string>> ProjectVariables(Build build) =>
        build.Environment!.EnvironmentVariables.Select(variable => KeyValuePair.Create(variable.Name, variable.Value));

    private static Dictionary<string, string> CodeBuild(Build build, Uri endpoint) =>
        new()
        {
            ["CI"] = "true",
            ["AWS_ENDPOINT_URL"] = endpoint.GetLeftPart(UriPartial.Authority),
            ["AWS_REGION"] = LocalCloudIdentity.Region,
            ["AWS_DEFAULT_REGION"] = LocalCloudIdentity.Region,
            ["AWS_EC2_METADATA_DISABLED"] = "true",
            ["CODEBUILD_BUILD_ID"] = build.Id,
            ["CODEBUILD_BUILD_ARN"] = build.Arn,
            ["CODEBUILD_BUILD_NUMBER"] = $"{build.BuildNumber}",
            ["CODEBUILD_INITIATOR"] = build.Initiator!,
            ["CODEBUILD_SOURCE_VERSION"] = build.SourceVersion ?? "",
            ["CODEBUILD_RESOLVED_SOURCE_VERSION"] = build.ResolvedSourceVersion ?? "",
            ["CODEBUILD_SOURCE_REPO_URL"] = build.Source.Location ?? "",
            ["CODEBUILD_SRC_DIR"] = $"{BuildFolder.Inside}/src",
            ["CODEBUILD_START_TIME"] = $"{build.StartTime?.ToUnixTimeMilliseconds()}",
            ["HOME"] = "/tmp",
        };
}
