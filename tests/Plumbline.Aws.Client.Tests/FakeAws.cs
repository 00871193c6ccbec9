using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Plumbline.Aws.Client;
using Plumbline.Aws.Codecs;
using Plumbline.Aws.Errors;
using Plumbline.Aws.Models;
using Plumbline.Aws.Protocols;
using Plumbline.Aws.Signing;
using Plumbline.Testing;

namespace Plumbline.Aws.Client.Tests;

/// <summary>A server on a free port that checks signatures and gives the answers of a test.</summary>
internal sealed class FakeAws : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ServiceModel model;
    private readonly Func<Operation, JsonObject, WireRequest, JsonObject> answer;
    private readonly SigningCredentials keys = new("AKIDEXAMPLE", "secret");

    private FakeAws(WebApplication app, string service, Func<Operation, JsonObject, WireRequest, JsonObject> answer) =>
        (this.app, model, this.answer) = (app, ServiceModel.For(service), answer);

    public List<(string Operation, JsonObject Input)> Calls { get; } = [];

    public LoopbackOnly Hook { get; } = new();

    public Uri Endpoint =>
        new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    public static async Task<FakeAws> StartAsync(
        string service,
        Func<Operation, JsonObject, WireRequest, JsonObject> answer
    )
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var fake = new FakeAws(builder.Build(), service, answer);
        fake.app.Run(fake.AnswerAsync);
        await fake.app.StartAsync();
        return fake;
    }

    public static Task<FakeAws> StartAsync(string service, Func<string, JsonObject, JsonObject> answer) =>
        StartAsync(service, (operation, input, _) => answer(operation.Name, input));

    public AwsConnection Connect(TimeProvider? waits = null) => AwsConnectionFor(new Uri(Endpoint, "/"), waits);

    public AwsConnection AwsConnectionFor(Uri endpoint, TimeProvider? waits = null)
    {
        var credentials = new Amazon.Runtime.BasicAWSCredentials(keys.AccessKeyId, keys.SecretAccessKey);
        return new AwsConnection("us-east-1", credentials, endpoint, Hook) { Clock = waits ?? new NoWaiting() };
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var target = context.Features.Get<IHttpRequestFeature>()!.RawTarget.Split('?', 2);
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var request = new WireRequest(
            context.Request.Method,
            target[0],
            target.Length > 1 ? target[1] : "",
            context.Request.Headers,
            body.ToArray()
        );
        var codec = CodecTable.For(model, context.Request.Headers);
        Operation? operation = null;
        WireResponse response;
        try
        {
            SigV4Authorization.Read(request.Query, request.Headers, out var authorization);
            var verdict = new SigV4Verifier(TimeProvider.System).Verify(authorization!, request, keys);
            if (verdict != SignatureVerdict.Valid)
            {
                throw SignatureErrors.Of(verdict, "json");
            }

            operation = model.Operations[codec.OperationName(request)!];
            var input = codec.ReadRequest(operation, request);
            lock (Calls)
            {
                Calls.Add((operation.Name, input));
            }

            var output = answer(operation, input, request);
            response = codec.WriteResponse(operation, output, "request-1");
            if (operation.StreamingOutput is not null)
            {
                response = response with { Body = request.Body };
            }
        }
        catch (AwsException error)
        {
            response = codec.WriteError(operation, error, "request-1");
        }

        context.Response.StatusCode = response.Status;
        foreach (var (name, values) in response.Headers)
        {
            context.Response.Headers[name] = values;
        }

        await context.Response.Body.WriteAsync(response.Body);
    }

    /// <summary>The real time, but waits end immediately.</summary>
    private sealed class NoWaiting : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, dueTime == Timeout.InfiniteTimeSpan ? dueTime : TimeSpan.Zero, period);
    }
}
