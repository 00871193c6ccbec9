using System.Diagnostics;

namespace Plumbline.LocalCloud.Gateway;

/// <summary>The activity of a call that the local cloud makes itself.</summary>
internal static class CallSignal
{
    /// <summary>Makes the call within an activity.</summary>
    public static async Task<AwsReply> FollowAsync(AwsCall call, Func<AwsCall, Task<AwsReply>> answer)
    {
        var service = call.Service.Id;
        using var activity = Signals.Activities.StartActivity(service, ActivityKind.Internal);
        activity?.SetService(service, call.RequestId);
        activity?.SetOperation(service, call.Operation.Name);
        try
        {
            return await answer(call);
        }
        catch (Exception exception) when (activity is not null && exception is not OperationCanceledException)
        {
            activity.SetError(Failure.Of(exception));
            throw;
        }
    }
}
