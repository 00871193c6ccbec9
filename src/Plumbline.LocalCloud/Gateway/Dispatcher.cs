using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Plumbline.Aws.Models;

namespace Plumbline.LocalCloud.Gateway;

/// <summary>
/// Hands a call to the method that answers it. What happens by itself (a pipeline's step, a rule's target, an
/// alarm's action) comes through <see cref="CallAsync"/>, asks in the name of its role as on AWS, and is an ordinary request
/// from there on.
/// </summary>
public sealed class Dispatcher(OperationTable operations, IServiceProvider services)
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
    /// <param name="caller">In whose name: usually the role that the resource names.</param>
    /// <param name="cancellationToken">Gives up waiting for the answer.</param>
    /// <exception cref="Aws.Errors.AwsException">What a client would have been answered.</exception>
    public async Task<JsonObject> CallAsync(
        string service,
        string operation,
        JsonObject input,
        Caller caller,
        CancellationToken cancellationToken = default
    ) => (await ReplyAsync(service, operation, input, caller, body: null, cancellationToken)).Output;

    /// <summary>As <see cref="CallAsync"/>, with a streaming body either way.</summary>
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
        services.GetRequiredService<CallCheck>().CheckOwn(call);
        return DispatchAsync(call);
    }
}
