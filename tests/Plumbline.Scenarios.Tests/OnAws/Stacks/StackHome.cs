using System.Text.Json.Nodes;
using Plumbline.Loop.Home;
using Plumbline.Testing;

namespace Plumbline.Scenarios.Tests.OnAws.Stacks;

/// <summary>
/// A local cloud in the role of an AWS account, with CloudFormation, and with GitHub if the project uses it.
/// </summary>
internal sealed class StackHome : IAsyncDisposable
{
    private readonly CloudFormationStandIn cloudFormation;

    private StackHome(CloudFormationStandIn cloudFormation, Dictionary<string, string> environment)
    {
        this.cloudFormation = cloudFormation;
        Environment = environment;
    }

    /// <summary>A person's environment: keys with all permissions, and git's credentials for GitHub.</summary>
    public Dictionary<string, string> Environment { get; }

    public StackApi Stacks => cloudFormation.Api;

    /// <summary>Starts it over an empty cloud.</summary>
    /// <param name="loop">The loop to be deployed there.</param>
    /// <param name="environment">The local cloud's environment.</param>
    /// <param name="policies">Changes the policies of roles before they are stored, by the role's name.</param>
    public static async Task<StackHome> StartAsync(
        LoopContext loop,
        Dictionary<string, string> environment,
        Func<string, JsonObject, JsonObject> policies
    )
    {
        var own = new Dictionary<string, string>(environment);
        GitHubStandIn? gitHub = null;
        if (loop.Project.Source is { } source)
        {
            gitHub = new GitHubStandIn(loop.Clients, source.CloneUrl());
            await gitHub.MakeAsync();
            own["GIT_CONFIG_COUNT"] = "3";
            own["GIT_CONFIG_KEY_0"] = $"url.{gitHub.Url}.insteadOf";
            own["GIT_CONFIG_VALUE_0"] = source.CloneUrl();
            own["GIT_CONFIG_KEY_1"] = "credential.helper";
            own["GIT_CONFIG_VALUE_1"] = $"!'{Plumb.Program}' git-credential --home aws";
            own["GIT_CONFIG_KEY_2"] = "credential.useHttpPath";
            own["GIT_CONFIG_VALUE_2"] = "true";
        }

        var standIn = await CloudFormationStandIn.StartAsync(new LocalResources(loop.Clients, gitHub, policies));
        own[standIn.Variable.Key] = standIn.Variable.Value;
        return new StackHome(standIn, own);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => cloudFormation.DisposeAsync();
}
