using System.Text.Json.Nodes;
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
        JsonObject build,
        Buildspec buildspec,
        BuildFolder folder,
        TimeSpan limit,
        CancellationToken cancellationToken
    )
    {
        var endpoint = await server.WaitAsync(cancellationToken);
        var id = (string)build["id"]!;
        var grant = await credentials.GrantAsync((string)build["serviceRole"]!, $"AWSCodeBuild-{id.Split(':')[^1]}");
        await store.ChangeAsync(id, one => one["_grant"] = grant.Id);
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
            Limits = InstanceLimits.OfBuild((string?)build["environment"]?["computeType"]),
        };
    }

    private static IEnumerable<KeyValuePair<string, string>> ProjectVariables(JsonObject build) =>
        (build["environment"]!["environmentVariables"]?.AsArray() ?? []).Select(variable =>
            KeyValuePair.Create((string)variable!["name"]!, (string)variable["value"]!)
        );

    private static Dictionary<string, string> CodeBuild(JsonObject build, Uri endpoint) =>
        new()
        {
            ["CI"] = "true",
            ["AWS_ENDPOINT_URL"] = endpoint.GetLeftPart(UriPartial.Authority),
            ["AWS_REGION"] = LocalCloudIdentity.Region,
            ["AWS_DEFAULT_REGION"] = LocalCloudIdentity.Region,
            ["AWS_EC2_METADATA_DISABLED"] = "true",
            ["CODEBUILD_BUILD_ID"] = (string)build["id"]!,
            ["CODEBUILD_BUILD_ARN"] = (string)build["arn"]!,
            ["CODEBUILD_BUILD_NUMBER"] = build["buildNumber"]!.ToString(),
            ["CODEBUILD_INITIATOR"] = (string)build["initiator"]!,
            ["CODEBUILD_SOURCE_VERSION"] = (string?)build["sourceVersion"] ?? "",
            ["CODEBUILD_RESOLVED_SOURCE_VERSION"] = (string?)build["resolvedSourceVersion"] ?? "",
            ["CODEBUILD_SOURCE_REPO_URL"] = (string?)build["source"]!["location"] ?? "",
            ["CODEBUILD_SRC_DIR"] = $"{BuildFolder.Inside}/src",
            ["CODEBUILD_START_TIME"] = $"{(long)((double)build["startTime"]! * 1000)}",
            ["HOME"] = "/tmp",
        };
}
