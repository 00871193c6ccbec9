using System.Globalization;
using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.Credentials;
using Plumbline.Aws.Arns;
using Plumbline.Aws.Models;
using Plumbline.Aws.Signing;

namespace Plumbline.Aws.Client;

/// <summary>Where AWS is and who asks: region, endpoint, credentials, and the HTTP stack that all clients share.</summary>
public sealed class AwsConnection : IDisposable
{
    /// <summary>A connection.</summary>
    /// <param name="region">Such as us-east-1.</param>
    /// <param name="credentials">Key pairs; asked before each call, so that temporary ones are renewed.</param>
    /// <param name="endpoint">One address for every service, such as the local cloud's; null for AWS's own.</param>
    /// <param name="hook">Sees every call, S3's included; its inner handler is set where it has none.</param>
    public AwsConnection(
        string region,
        AWSCredentials credentials,
        Uri? endpoint = null,
        DelegatingHandler? hook = null
    )
    {
        Region = region;
        Credentials = credentials;
        Endpoint = endpoint;
        if (hook is { InnerHandler: null })
        {
            hook.InnerHandler = NewHandler();
        }

        // An InvokeEndpoint may take a minute, and so may a big object: calls are ended by their tokens.
        Http = new HttpClient((HttpMessageHandler?)hook ?? NewHandler(), disposeHandler: hook is null)
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    /// <summary>The region.</summary>
    public string Region { get; }

    /// <summary>One address for every service; null for AWS's own.</summary>
    public Uri? Endpoint { get; }

    /// <summary>Addresses of single services, by the ids of their models; they win over <see cref="Endpoint"/>.</summary>
    public IReadOnlyDictionary<string, Uri> Endpoints { get; init; } = new Dictionary<string, Uri>();

    /// <summary>Where key pairs come from.</summary>
    public AWSCredentials Credentials { get; }

    /// <summary>How often a call is tried in all; 1 does not retry. AWS's standard mode has 3, and AWS_MAX_ATTEMPTS says otherwise.</summary>
    public int MaxAttempts { get; init; } =
        int.TryParse(
            Environment.GetEnvironmentVariable("AWS_MAX_ATTEMPTS"),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var attempts
        )
            ? attempts
            : 3;

    /// <summary>The clock of signatures and of waits between attempts.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    internal HttpClient Http { get; }

    /// <summary>
    /// The connection that the environment and ~/.aws describe, as AWS's SDKs read them: AWS_ENDPOINT_URL and
    /// AWS_ENDPOINT_URL_SERVICE, AWS_REGION, key variables, profiles, container credentials.
    /// </summary>
    public static AwsConnection FromEnvironment(DelegatingHandler? hook = null)
    {
        var region =
            Variable("AWS_REGION")
            ?? Variable("AWS_DEFAULT_REGION")
            ?? FallbackRegionFactory.GetRegionEndpoint()?.SystemName
            ?? throw new AmazonClientException("No region: set AWS_REGION, or a region in ~/.aws/config.");
        return new AwsConnection(
            region,
            DefaultAWSCredentialsIdentityResolver.GetCredentials(),
            Variable("AWS_ENDPOINT_URL") is { } endpoint ? new Uri(endpoint) : null,
            hook
        )
        {
            Endpoints = ServiceModel
                .Ids.Select(id => (id, Url: Variable(VariableOf(ServiceModel.For(id)))))
                .Where(one => one.Url is not null)
                .ToDictionary(one => one.id, one => new Uri(one.Url!)),
        };
    }

    /// <summary>The variable that leads one service elsewhere, such as AWS_ENDPOINT_URL_SAGEMAKER_RUNTIME.</summary>
    private static string VariableOf(ServiceModel model) =>
        $"AWS_ENDPOINT_URL_{model.ServiceId.Replace(' ', '_').ToUpperInvariant()}";

    /// <summary>A variable of the environment; null where it is empty, as AWS's own clients have it.</summary>
    private static string? Variable(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    /// <summary>A connection with one fixed key pair.</summary>
    public static AwsConnection WithKeys(
        string region,
        SigningCredentials keys,
        Uri? endpoint = null,
        DelegatingHandler? hook = null
    ) =>
        new(
            region,
            keys.SessionToken is { } token
                ? new SessionAWSCredentials(keys.AccessKeyId, keys.SecretAccessKey, token)
                : new BasicAWSCredentials(keys.AccessKeyId, keys.SecretAccessKey),
            endpoint,
            hook
        );

    /// <summary>The address of a service. IAM has one for all regions.</summary>
    public Uri EndpointOf(ServiceModel model) =>
        ConfiguredEndpointOf(model)
        ?? new Uri(
            model.Id == "iam"
                ? $"https://{AwsPartition.IamOf(Region)}"
                : $"https://{model.EndpointPrefix}.{Region}.{AwsPartition.DomainOf(Region)}"
        );

    /// <summary>The address of a service that is not AWS's own; null where it is.</summary>
    internal Uri? ConfiguredEndpointOf(ServiceModel model) => Endpoints.GetValueOrDefault(model.Id) ?? Endpoint;

    internal async Task<SigningCredentials> SigningCredentialsAsync()
    {
        var keys = await Credentials.GetCredentialsAsync();
        return new SigningCredentials(keys.AccessKey, keys.SecretKey, keys.UseToken ? keys.Token : null);
    }

    /// <inheritdoc/>
    public void Dispose() => Http.Dispose();

    private static SocketsHttpHandler NewHandler() =>
        new()
        {
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            ConnectTimeout = TimeSpan.FromSeconds(10),
            AllowAutoRedirect = false,
        };
}
