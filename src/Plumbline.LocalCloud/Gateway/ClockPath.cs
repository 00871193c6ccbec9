using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Plumbline.Aws.Errors;
using Plumbline.LocalCloud.State;

namespace Plumbline.LocalCloud.Gateway;

/// <summary>
/// <c>POST /_plumbline/clock</c>, a call outside AWS's API: moves civil time forward by <c>{"advanceSeconds": n}</c>
/// and answers <c>{"now": "..."}</c>. Signed, and refused unless the local cloud was started with a movable clock.
/// </summary>
internal sealed class ClockPath(LocalCloudOptions options, CivilClock clock, Authentication authentication)
{
    public const string Path = "/_plumbline/clock";

    public Task AnswerAsync(HttpContext context) =>
        OwnAnswer.WriteAsync(
            context,
            async () =>
            {
                CheckMovable();
                await AdvanceAsync(await authentication.AuthenticateOwnPathAsync(context));
                return new JsonObject { ["now"] = clock.GetUtcNow().ToString("O") };
            }
        );

    /// <summary>Checked before the body is read: without --movable-clock, no bytes are accepted.</summary>
    private void CheckMovable()
    {
        if (!options.MovableClock)
        {
            throw new AwsException(
                "AccessDenied",
                403,
                "The clock cannot be moved: start the local cloud with --movable-clock."
            );
        }
    }

    private async Task AdvanceAsync(ReadOnlyMemory<byte> body)
    {
        var seconds = Seconds(body);
        if (seconds is not > 0)
        {
            throw new AwsException(
                "ValidationException",
                400,
                "advanceSeconds must be a number above 0: time goes forward only."
            );
        }

        await clock.AdvanceAsync(TimeSpan.FromSeconds(seconds.Value));
    }

    private static double? Seconds(ReadOnlyMemory<byte> body)
    {
        try
        {
            return (double?)JsonNode.Parse(body.Span)?["advanceSeconds"];
        }
        catch (Exception exception)
            when (exception is System.Text.Json.JsonException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }
}
