using System.Text.Json.Nodes;
using Plumbline.Aws.Errors;
using Plumbline.Aws.Views.CloudWatch;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.Identity;

namespace Plumbline.LocalCloud.Services.SageMaker.Hosting.Endpoints;

/// <summary>
/// The alarms that roll an update back. Both the caller of the update and the fleet's role must be allowed to describe
/// them: the role watches them, because an update may outlive the caller's session.
/// </summary>
internal sealed class DeploymentAlarms(Dispatcher dispatcher)
{
    /// <summary>Refuses alarms that cannot be found or described: they would never roll anything back.</summary>
    /// <param name="names">The names of the alarms.</param>
    /// <param name="caller">The caller of the update.</param>
    /// <param name="role">The ARN of the fleet's role.</param>
    /// <exception cref="AwsException">
    /// An alarm is missing, or the caller or the role may not describe it; the message names it.
    /// </exception>
    public async Task CheckAsync(
        IReadOnlyList<string> names,
        Caller caller,
        string? role,
        CancellationToken cancellationToken
    )
    {
        if (names.Count == 0)
        {
            return;
        }

        HashSet<string> found;
        try
        {
            await DescribeAsync(names, caller, cancellationToken);
            found = [.. (await DescribeAsync(names, Of(role), cancellationToken)).Select(alarm => alarm.Name)];
        }
        catch (AwsException denied) when (denied.Code == "AccessDenied")
        {
            throw new AwsException("AccessDeniedException", 400, denied.Message);
        }

        if (names.FirstOrDefault(name => !found.Contains(name)) is { } missing)
        {
            throw SageMakerErrors.Validation($"Could not find CloudWatch alarm \"{missing}\".");
        }
    }

    /// <summary>Returns the reason why the alarms roll an update back, or null if they do not.</summary>
    /// <param name="names">The names of the alarms.</param>
    /// <param name="role">The ARN of the fleet's role.</param>
    public async Task<string?> ReasonAsync(
        IReadOnlyList<string> names,
        string? role,
        CancellationToken cancellationToken
    )
    {
        if (names.Count == 0)
        {
            return null;
        }

        try
        {
            var alarms = await DescribeAsync(names, Of(role), cancellationToken);
            return alarms.Find(alarm => alarm.State == StateValue.Alarm).Name is { } name
                ? $"The deployment was rolled back because the CloudWatch alarm \"{name}\" is in the ALARM state."
                : null;
        }
        catch (AwsException denied) when (denied.Code == "AccessDenied")
        {
            return $"The deployment was rolled back because its CloudWatch alarms cannot be read: {denied.Message}";
        }
    }

    private static Caller Of(string? role) => role is null ? Caller.Root : Caller.OfRole(role, "SageMaker");

    private async Task<List<(string Name, string State)>> DescribeAsync(
        IReadOnlyList<string> names,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var answer = await dispatcher.CallAsync(
            "monitoring",
            "DescribeAlarms",
            new JsonObject
            {
                ["AlarmNames"] = new JsonArray([.. names.Select(name => JsonValue.Create(name))]),
                ["AlarmTypes"] = new JsonArray("MetricAlarm", "CompositeAlarm"),
            },
            caller,
            cancellationToken
        );
        var output = new DescribeAlarmsOutput(answer);
        return
        [
            .. output.MetricAlarms.Select(alarm => (alarm.AlarmName, alarm.StateValue)),
            .. output.CompositeAlarms.Select(alarm => (alarm.AlarmName, alarm.StateValue)),
        ];
    }
}
