using System.Net.Sockets;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Plumbline.Aws.Codecs;
using Plumbline.Aws.Errors;
using Plumbline.Aws.Models;
using Plumbline.Aws.Protocols;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.Identity;
using Plumbline.LocalCloud.Services.SageMaker.Hosting.Capture;
using Plumbline.LocalCloud.Services.SageMaker.Hosting.Connections;
using Plumbline.LocalCloud.Services.SageMaker.Hosting.Metrics;
using Plumbline.LocalCloud.Services.SageMaker.Hosting.Routing;
using Plumbline.LocalCloud.State;
using Plumbline.LocalCloud.Time;

namespace Plumbline.LocalCloud.Services.SageMakerRuntime.Invocations;

/// <summary>
/// AWS's InvokeEndpoint. For speed it bypasses the gateway's stages: it authenticates, routes, forwards, captures and
/// answers with pooled bytes, without JSON trees and without the database.
/// </summary>
internal sealed class InvokeEndpoint(
    EndpointRoutes routes,
    Authentication authentication,
    CallCheck check,
    MetricRunner metrics,
    CivilClock clock,
    ILogger<InvokeEndpoint> log
)
{
    /// <summary>The prefix of every request path of InvokeEndpoint.</summary>
    public const string Prefix = "/endpoints/";

    private const string Suffix = "/invocations";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly ServiceModel Service = ServiceModel.For("sagemaker-runtime");
    private static readonly Codec Protocol = CodecTable.For(Service);
    private static readonly Operation Operation = Service.Operations[nameof(InvokeEndpoint)];

    /// <summary>Returns true for InvokeEndpoint, false for an object of an S3 bucket named endpoints.</summary>
    public static bool Claims(HttpContext context) =>
        HttpMethods.IsPost(context.Request.Method)
        && Identification.Target(context) is var (path, query)
        && query.Length == 0
        && path.EndsWith(Suffix, StringComparison.Ordinal)
        && path.AsSpan(Prefix.Length).IndexOf('/') == path.Length - Prefix.Length - Suffix.Length;

    /// <summary>Answers an InvokeEndpoint request; an exception becomes an error answer.</summary>
    public async Task AnswerAsync(HttpContext context)
    {
        var started = ProcessTime.Clock.GetTimestamp();
        var requestId = Guid.NewGuid().ToString();
        var (path, query) = Identification.Target(context);
        var endpointName = path[Prefix.Length..^Suffix.Length];
        var signal = RequestSignal.Of(context);
        signal?.IsFor(Service.Id, requestId);
        signal?.Asks(Operation.Name);
        try
        {
            authentication.RefuseStrangers(context.Request, Protocol, path, query);
            using var body = await PooledBody.ReadAsync(context.Request, context.RequestAborted);
            var wire = new WireRequest("POST", path, query, context.Request.Headers, body.Memory);
            Authorize(
                authentication.Authenticate(wire, Protocol).Caller,
                endpointName,
                requestId,
                context.RequestAborted
            );
            var headers = InvocationHeaders.Read(context.Request.Headers);
            var variant = Enter(endpointName, headers.TargetVariant);
            try
            {
                await AnswerAsync(context, variant, headers, body.Memory, requestId, started);
            }
            finally
            {
                variant.Server.Leave();
            }
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            signal?.Broke();
            context.Abort();
        }
        catch (Exception exception)
        {
            signal?.Failed(Failure.Of(exception));
            await FailAsync(context, endpointName, exception, requestId);
        }
    }

    /// <summary>Checks a role's session against its policies. The root key needs no check.</summary>
    private void Authorize(Caller caller, string endpointName, string requestId, CancellationToken aborted)
    {
        if (caller.RoleName is not null)
        {
            var input = new JsonObject { ["EndpointName"] = endpointName };
            check.Check(new AwsCall(Service, Operation, input, caller, requestId, aborted));
        }
    }

    /// <summary>
    /// Finds a variant whose server still takes requests. The loop ends, because a takeover publishes the new route
    /// before it closes the old server.
    /// </summary>
    private VariantRoute Enter(string endpointName, string? targetVariant)
    {
        while (true)
        {
            var route = routes.Find(endpointName) ?? throw InvocationErrors.NotFound(endpointName);
            var variant = targetVariant is null
                ? route.Choose()
                : route.Named(targetVariant) ?? throw InvocationErrors.VariantNotFound(endpointName, targetVariant);
            if (variant.Server.TryEnter())
            {
                return variant;
            }
        }
    }

    private async Task AnswerAsync(
        HttpContext context,
        VariantRoute variant,
        InvocationHeaders headers,
        ReadOnlyMemory<byte> body,
        string requestId,
        long started
    )
    {
        var endpointName = variant.Metrics.EndpointName;
        var request = new ModelRequest("POST", Suffix, body)
        {
            Headers = InvocationHeaders.ForModel(context.Request.Headers),
        };
        var asked = ProcessTime.Clock.GetTimestamp();
        var outcome = new InvocationOutcome(0, ModelFailed: true, null, default);
        try
        {
            using var answer = await SendAsync(variant, request);
            outcome = outcome with { Status = answer.Status, ModelLatency = ProcessTime.Clock.GetElapsedTime(asked) };
            if (answer.Status is < 200 or > 299)
            {
                throw InvocationErrors.OfModel(endpointName, answer.Status, answer.Body.Span);
            }

            outcome = outcome with { ModelFailed = false };
            Capture(variant, headers, body, answer);
            await WriteAsync(context, variant, answer, requestId);
        }
        catch (AwsException error) when (outcome.Status == 0)
        {
            outcome = outcome with { Status = error.Status == 503 ? 503 : 0 };
            throw;
        }
        finally
        {
            outcome = outcome with { Total = ProcessTime.Clock.GetElapsedTime(started) };
            metrics.Add(variant.Metrics, outcome);
            InvocationSignal.Add(variant.Metrics, outcome);
        }
    }

    private static async ValueTask<ModelAnswer> SendAsync(VariantRoute variant, ModelRequest request)
    {
        var endpointName = variant.Metrics.EndpointName;
        try
        {
            return await variant.Server.SendAsync(request, Patience);
        }
        catch (SocketException)
        {
            throw InvocationErrors.Unavailable(endpointName, variant.Name);
        }
        catch (OperationCanceledException)
        {
            throw InvocationErrors.OfSilence(endpointName);
        }
        catch (InvalidDataException exception)
        {
            throw InvocationErrors.OfNonsense(endpointName, exception.Message);
        }
    }

    private void Capture(VariantRoute variant, InvocationHeaders headers, ReadOnlyMemory<byte> body, ModelAnswer answer)
    {
        if (variant.Capture is not { } capture || !capture.IsSampled())
        {
            return;
        }

        try
        {
            capture.Write(
                new CapturedInvocation(
                    headers.ContentType,
                    body,
                    answer.ContentType,
                    answer.Body,
                    headers.InferenceId,
                    clock.GetUtcNow()
                )
            );
        }
        catch (IOException exception)
        {
            // As on AWS, the caller gets the answer even if the capture fails.
            Log.NotCaptured(log, variant.Metrics.EndpointName, exception.Message);
        }
    }

    private static async Task WriteAsync(
        HttpContext context,
        VariantRoute variant,
        ModelAnswer answer,
        string requestId
    )
    {
        var response = context.Response;
        response.Headers["x-amzn-RequestId"] = requestId;
        response.Headers["x-Amzn-Invoked-Production-Variant"] = variant.Name;
        response.ContentType = answer.ContentType;
        response.ContentLength = answer.Body.Length;
        if (answer.CustomAttributes is { } attributes)
        {
            response.Headers["X-Amzn-SageMaker-Custom-Attributes"] = attributes;
        }

        await response.BodyWriter.WriteAsync(answer.Body);
    }

    private async Task FailAsync(HttpContext context, string endpointName, Exception exception, string requestId)
    {
        if (context.Response.HasStarted)
        {
            context.Abort();
            return;
        }

        var error = Failure.Of(exception);
        if (exception is not AwsException)
        {
            Log.InvocationFailed(log, endpointName, exception);
        }

        var wire = Protocol.WriteError(Operation, error, requestId);
        await ResponseBody.WriteAsync(context, wire);
    }
}
