using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Plumbline.Aws.Arns;
using Plumbline.Aws.Codecs;
using Plumbline.Aws.Errors;
using Plumbline.Aws.Models;
using Plumbline.Aws.Protocols;
using Plumbline.Aws.Signing;

namespace Plumbline.Aws.Client;

/// <summary>Calls one service: encodes, signs, sends, retries, decodes.</summary>
public abstract class AwsClient
{
    private readonly AwsConnection connection;
    private readonly ServiceModel model;
    private readonly Codec codec;
    private readonly SigV4Signer signer;
    private readonly HttpTransport transport;

    protected AwsClient(AwsConnection connection, string modelId)
    {
        this.connection = connection;
        model = ServiceModel.For(modelId);
        codec = CodecTable.For(model);
        var isGlobal = modelId == "iam" && connection.ConfiguredEndpointOf(model) is null;
        signer = new SigV4Signer(
            isGlobal ? AwsPartition.IamRegionOf(connection.Region) : connection.Region,
            model.SigningName
        );
        transport = new HttpTransport(connection, codec, signer);
    }

    /// <summary>Encodes, signs, sends (with retries) and decodes one call.</summary>
    /// <param name="operation">AWS's name, such as DescribeEndpoint.</param>
    /// <param name="input">The input under AWS's names; null sends no members.</param>
    /// <param name="cancellationToken">Ends the wait. The service may have carried out the call all the same.</param>
    /// <exception cref="AwsException">The service refused the call, or could not be reached.</exception>
    public async Task<JsonObject> CallAsync(
        string operation,
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    )
    {
        var called = Find(operation);
        var response = await SendAsync(called, input, default, cancellationToken);
        return codec.ReadResponse(called, response);
    }

    /// <summary>Yields the items of a paged list, page after page.</summary>
    internal async IAsyncEnumerable<T> PageAsync<T>(
        string operation,
        JsonObject? input,
        Func<JsonObject, IEnumerable<T>> itemsOf,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        await foreach (var page in PagesAsync(operation, input, cancellationToken))
        {
            foreach (var item in itemsOf(page))
            {
                yield return item;
            }
        }
    }

    /// <summary>Yields the pages of a list as the service sent them.</summary>
    /// <param name="operation">A list operation, such as ListModelPackages.</param>
    /// <param name="input">The input; not changed.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async IAsyncEnumerable<JsonObject> PagesAsync(
        string operation,
        JsonObject? input = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        var token = PageToken.Of(Find(operation));
        var next = input?.DeepClone().AsObject() ?? [];
        while (true)
        {
            var page = await CallAsync(operation, next, cancellationToken);
            yield return page;
            if (
                token is null
                || page.Text(token.Output) is not { Length: > 0 } following
                || following == next.Text(token.Input)
            )
            {
                yield break;
            }

            next[token.Input] = following;
        }
    }

    private protected async Task<WireResponse> SendAsync(
        Operation operation,
        JsonObject? input,
        ReadOnlyMemory<byte> body,
        CancellationToken cancellationToken
    )
    {
        input = IdempotencyTokens.Fill(operation, input ?? []);
        var request = codec.WriteRequest(operation, input);
        if (operation.StreamingInput is not null)
        {
            request = request with { Body = body };
        }

        return await transport.SendAsync(request, connection.EndpointOf(model), cancellationToken);
    }

    private protected JsonObject Read(Operation operation, WireResponse response) =>
        codec.ReadResponse(operation, response);

    private protected Operation Find(string operation) =>
        model.Operations.TryGetValue(operation, out var found)
            ? found
            : throw AwsException.NotImplemented(model.ServiceId, operation);
}
