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

    /// <summary>Advances the clock.</summary>
    /// <exception cref="UserError">The cloud was not started with <c>--movable-clock</c>.</exception>
    public Task AdvanceAsync(HttpClient http, TimeSpan step, CancellationToken cancellationToken)
    {
        var body = Encoding.UTF8.GetBytes(new JsonObject { ["advanceSeconds"] = step.TotalSeconds }.ToJsonString());
        return new OwnCall(endpoint, region, keys).SendAsync(http, HttpMethod.Post, Path, body, cancellationToken);
    }

    /// <summary>
    /// Advances the clock to six in the morning, UTC: a story of some hours that begins then meets no midnight but
    /// those that it asks for, and so no daily run of its own accord.
    /// </summary>
    /// <param name="http">Sends it.</param>
    /// <param name="now">The cloud's time: the machine's, while nobody has moved it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task AdvanceToMorningAsync(HttpClient http, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var morning = now.UtcDateTime.Date.AddDays(1) + Morning;
        return AdvanceAsync(http, morning - now.UtcDateTime, cancellationToken);
    }
}
