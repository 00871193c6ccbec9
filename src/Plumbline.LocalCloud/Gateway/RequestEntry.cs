using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Plumbline.Aws.Errors;
using Plumbline.Aws.Models;
using Plumbline.Aws.Protocols;
using Plumbline.LocalCloud.Gateway.Connections;
using Plumbline.LocalCloud.Identity;
using Plumbline.LocalCloud.State.Objects;

namespace Plumbline.LocalCloud.Gateway;

/// <summary>
/// The stages of a request, in order: identify, authenticate, decode, authorize, dispatch (which validates), encode. An
/// exception at any stage becomes an error answer.
/// </summary>
internal sealed class RequestEntry(
    Authentication authentication,
    Dispatcher dispatcher,
    CallCheck check,
    IEnumerable<OwnPath> ownPaths,
    ILogger<RequestEntry> log
)
{
    private readonly OwnPath[] ownPaths = [.. ownPaths];

    public async Task AnswerAsync(HttpContext context)
    {
        var connection = context.Features.Get<TrackedConnection>();
        if (connection?.Begin() == true)
        {
            context.Response.Headers.Connection = "close";
        }

        var signal = RequestSignal.Begin(context);
        try
        {
            await RouteAsync(context, signal);
        }
        finally
        {
            signal?.End();
            connection?.End();
        }
    }

    private Task RouteAsync(HttpContext context, RequestSignal? signal)
    {
        HeldBody.Watch(context);
        var (path, query) = Identification.Target(context);
        var own = Array.Find(
            ownPaths,
            candidate => path.StartsWith(candidate.Prefix, StringComparison.Ordinal) && candidate.Claims(context)
        );
        if (own is null)
        {
            return AnswerOperationAsync(context, path, query, signal);
        }

        signal?.IsOwn(own.Prefix);
        return own.AnswerAsync(context);
    }

    private async Task AnswerOperationAsync(HttpContext context, string path, string query, RequestSignal? signal)
    {
        var requestId = Guid.NewGuid().ToString();
        var target = Identification.Of(context.Request, path);
        var (service, codec) = (target.Service, target.Codec);
        Operation? operation = null;
        signal?.IsFor(target.IsHere ? target.Name : RequestSignal.Other, requestId);
        try
        {
            authentication.RefuseStrangers(context.Request, codec, path, query);
            var request = await RequestBody.ReadAsync(context, codec, path, query);
            var signed = authentication.Authenticate(request.Wire, codec, target.IsHere);
            operation = request.Operation ?? throw UnknownOperation(target, request);
            signal?.Asks(operation.Name);
            request = await SignedPayload.OpenAsync(request, service, signed);
            var call = new AwsCall(
                service,
                operation,
                codec.ReadRequest(operation, request.Meant),
                signed.Caller,
                requestId,
                context.RequestAborted
            )
            {
                Body = request.Stream,
                BodyLength = request.StreamLength,
                Header = header => request.Meant.Headers[header].FirstOrDefault(),
                Trailer = request.Trailer,
            };
            check.Check(call);
            var reply = await dispatcher.DispatchAsync(call);
            await ResponseBody.WriteAsync(context, codec.WriteResponse(operation, reply.Output, requestId), reply);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            signal?.Broke();
            context.Abort();
        }
        catch (Exception exception)
        {
            signal?.Failed(Failure.Of(exception));
            await FailAsync(context, codec, operation, exception, requestId);
        }
    }

    private async Task FailAsync(
        HttpContext context,
        Codec codec,
        Operation? operation,
        Exception exception,
        string requestId
    )
    {
        if (context.Response.HasStarted)
        {
            // Half an answer cannot be taken back; an aborted connection at least cannot be taken for a whole one.
            Log.AnswerBroken(log, codec.Model.Id, operation?.Name, exception);
            context.Abort();
            return;
        }

        var error = Failure.Of(exception);
        if (exception is DamagedObjectException)
        {
            Log.ObjectDamaged(log, exception.Message);
        }
        else if (error.Status >= 500 && error.Code != "NotImplemented")
        {
            Log.OperationFailed(log, codec.Model.Id, operation?.Name, exception);
        }

        // The headers may belong to an answer that failed before its first byte was sent.
        var connection = context.Response.Headers.Connection;
        context.Response.Headers.Clear();
        context.Response.Headers.Connection = connection;
        await ResponseBody.WriteAsync(context, codec.WriteError(operation, error, requestId));
    }

    private static AwsException UnknownOperation(RequestTarget target, RequestBody request) =>
        (target.Operation ?? request.OperationName) is { } name ? AwsException.NotImplemented(target.Name, name)
        : target.IsHere
            ? new AwsException("UnknownOperationException", 400, $"The request names no operation of {target.Name}.")
        : AwsException.NotImplemented(target.Name, $"{request.Wire.Method} {request.Wire.Path}");
}
