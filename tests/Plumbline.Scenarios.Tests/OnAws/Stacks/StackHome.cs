using Plumbline.Loop;

namespace Plumbline.Scenarios.Tests.OnAws.Stacks;

/// <summary>A local cloud in the place of an AWS account: CloudFormation beside it, and GitHub where the project is there.</summary>
internal sealed class StackHome : IAsyncDisposable
{
    private readonly CloudFormationStandIn cloudFormation;

    private StackHome(CloudFormationStandIn cloudFormation, Dictionary<string, string> environment)
    {
        this.cloudFormation = cloudFormation;
        Environment = environment;
    }

    /// <summary>A person's environment: keys that may do everything, and git's own sign-in at GitHub.</summary>
    public Dictionary<string, string> Environment { get; }

    /// <summary>The stacks.</summary>
    public StackApi Stacks => cloudFormation.Api;

    /// <summary>Starts it, over a cloud in which nothing was made yet.</summary>
    public static async Task<StackHome> StartAsync(LoopContext loop, Dictionary<string, string> environment)
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

        var standIn = await CloudFormationStandIn.StartAsync(new LocalResources(loop.Clients, gitHub));
        own[standIn.Variable.Key] = standIn.Variable.Value;
        return new StackHome(standIn, own);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => cloudFormation.DisposeAsync();
}
