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
    private static readonly TimeSpan Morning = TimeSpan.FromHours(6);

    /// <exception cref="UserError">The cloud was not started with <c>--movable-clock</c>.</exception>
    public Task AdvanceAsync(HttpClient http, TimeSpan step, CancellationToken cancellationToken)
    {
        var body = Encoding.UTF8.GetBytes(new JsonObject { ["advanceSeconds"] = step.TotalSeconds }.ToJsonString());
        return new OwnCall(endpoint, region, keys).SendAsync(http, HttpMethod.Post, Path, body, cancellationToken);
    }

    /// <summary>
    /// Advances the clock to six in the morning, UTC. The demo takes minutes and then passes midnight only where it
    /// moves the clock, so that no daily schedule fires by chance.
    /// </summary>
    /// <param name="now">The cloud's time; it is the machine's until the clock is moved.</param>
    public Task AdvanceToMorningAsync(HttpClient http, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var morning = now.UtcDateTime.Date.AddDays(1) + Morning;
        return AdvanceAsync(http, morning - now.UtcDateTime, cancellationToken);
    }
}
