using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Plumbline.Aws.Codecs;
using Plumbline.Aws.Errors;
using Plumbline.Aws.Models;
using Plumbline.Aws.Protocols;

namespace Plumbline.Scenarios.Tests.OnAws.Stacks;

/// <summary>
/// CloudFormation's API over a local cloud: it makes a template's resources through their services' APIs, only from
/// their properties. It speaks AWS's protocol, so that <c>plumb aws</c> and the aws CLI can use it.
/// </summary>
internal sealed class CloudFormationStandIn : IAsyncDisposable
{
    private static readonly ServiceModel Model = ServiceModel.For("cloudformation");
    private static readonly Codec Codec = CodecTable.For(Model);

    private readonly WebApplication app;
    private readonly StackApi api;

    private CloudFormationStandIn(WebApplication app, StackApi api) => (this.app, this.api) = (app, api);

    /// <summary>The variable that sends AWS's clients here.</summary>
    public KeyValuePair<string, string> Variable => new("AWS_ENDPOINT_URL_CLOUDFORMATION", app.Urls.Single());

    public StackApi Api => api;

    /// <summary>Starts the server on a free port.</summary>
    /// <param name="resources">Makes the resources of a template.</param>
    public static async Task<CloudFormationStandIn> StartAsync(LocalResources resources)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var standIn = new CloudFormationStandIn(builder.Build(), new StackApi(resources));
        standIn.app.Run(standIn.AnswerAsync);
        await standIn.app.StartAsync();
        return standIn;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var request = new WireRequest("POST", "/", "", context.Request.Headers, body.ToArray());
        var answer = await AnswerAsync(request);
        context.Response.StatusCode = answer.Status;
        foreach (var (name, value) in answer.Headers)
        {
            context.Response.Headers[name] = value;
        }

        await context.Response.Body.WriteAsync(answer.Body);
    }

    private async Task<WireResponse> AnswerAsync(WireRequest request)
    {
        var id = Guid.NewGuid().ToString();
        var operation = Model.Operations.GetValueOrDefault(Codec.OperationName(request) ?? "");
        try
        {
            return operation is null
                ? throw new AwsException("InvalidAction", 400, "The stand-in does not have this operation.")
                : Codec.WriteResponse(
                    operation,
                    await api.AnswerAsync(operation.Name, Codec.ReadRequest(operation, request)),
                    id
                );
        }
        catch (AwsException refused)
        {
            return Codec.WriteError(operation, refused, id);
        }
    }
}
