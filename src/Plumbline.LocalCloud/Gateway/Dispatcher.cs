using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Plumbline.Aws.Models;
using Plumbline.LocalCloud.Identity;

namespace Plumbline.LocalCloud.Gateway;

/// <summary>
/// Passes a call to the method that answers it. Calls that the local cloud makes itself (a pipeline's step, a rule's
/// target, an alarm's action) come through <see cref="CallAsync"/> with the role that AWS would use, and are then
/// handled like any request.
/// </summary>
internal sealed class Dispatcher(OperationTable operations, IServiceProvider services)
{
    /// <summary>Validates and answers a call.</summary>
    public Task<AwsReply> DispatchAsync(AwsCall call)
    {
        var handler = operations.Find(call.Service, call.Operation.Name);
        operations.Check(call.Operation, call.Input);
        return handler(services, call);
    }

    /// <summary>Makes a call from inside the local cloud.</summary>
    /// <param name="service">The service's id, such as <c>sagemaker</c>.</param>
    /// <param name="operation">AWS's name of the operation.</param>
    /// <param name="input">Its input.</param>
    /// <param name="caller">The principal: usually the role that the resource names.</param>
    /// <param name="cancellationToken">Cancels the wait for the answer.</param>
    /// <exception cref="Aws.Errors.AwsException">The error that a client would get.</exception>
    public async Task<JsonObject> CallAsync(
        string service,
        string operation,
        JsonObject input,
        Caller caller,
        CancellationToken cancellationToken = default
    ) => (await ReplyAsync(service, operation, input, caller, body: null, cancellationToken)).Output;

    /// <summary>As <see cref="CallAsync"/>, with a streaming body in either direction.</summary>
    public Task<AwsReply> ReplyAsync(
        string service,
        string operation,
        JsonObject input,
        Caller caller,
        Stream? body,
        CancellationToken cancellationToken = default
    )
    {
        var model = ServiceModel.For(service);
        var call = new AwsCall(
            model,
            model.Operations[operation],
            input,
            caller,
            Guid.NewGuid().ToString(),
            cancellationToken
        )
        {
            Body = body,
            BodyLength = body is { CanSeek: true } ? body.Length : null,
        };
        return Signals.Traced ? CallSignal.FollowAsync(call, AnswerOwnAsync) : AnswerOwnAsync(call);
    }

    private Task<AwsReply> AnswerOwnAsync(AwsCall call)
    {
        services.GetRequiredService<CallCheck>().CheckOwn(call);
        return DispatchAsync(call);
    }
}
