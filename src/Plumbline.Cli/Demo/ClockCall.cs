using System.Text;
using System.Text.Json.Nodes;
using Plumbline.Aws.Signing;
using Plumbline.Cli.Homes;
using Plumbline.Records;

namespace Plumbline.Cli.Demo;

/// <summary>Moves a local cloud's civil time forward.</summary>
internal sealed class ClockCall(Uri endpoint, string region, SigningCredentials keys)
{
    private const string Path = "/_plumbline/clock";

    /// <summary>Advances the clock.</summary>
    /// <exception cref="UserError">The cloud was not started with <c>--movable-clock</c>.</exception>
    public Task AdvanceAsync(HttpClient http, TimeSpan step, CancellationToken cancellationToken)
    {
        var body = Encoding.UTF8.GetBytes(new JsonObject { ["advanceSeconds"] = step.TotalSeconds }.ToJsonString());
        return new OwnCall(endpoint, region, keys).SendAsync(http, HttpMethod.Post, Path, body, cancellationToken);
    }
}
