using System.Globalization;
using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.Credentials;
using Plumbline.Aws.Arns;
using Plumbline.Aws.Formats;
using Plumbline.Aws.Models;
using Plumbline.Aws.Signing;

namespace Plumbline.Aws.Client;

/// <summary>The region, endpoint and credentials of all clients, and the HTTP stack that they share.</summary>
public sealed class AwsConnection : IDisposable
{
    /// <param name="region">Such as us-east-1.</param>
    /// <param name="credentials">The key pairs; read before each call, so that temporary ones are renewed.</param>
    /// <param name="endpoint">One address for every service, such as the local cloud's; null for AWS's own.</param>
    /// <param name="hook">Sees every call, also S3's; gets an inner handler if it does not have one.</param>
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

        // No timeout here: an InvokeEndpoint or a large object may take a minute. Calls end through their tokens.
        Http = new HttpClient((HttpMessageHandler?)hook ?? NewHandler(), disposeHandler: hook is null)
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    public string Region { get; }

    /// <summary>One address for every service; null for AWS's own.</summary>
    public Uri? Endpoint { get; }

    /// <summary>Addresses of single services, by model id; each replaces <see cref="Endpoint"/>.</summary>
    public IReadOnlyDictionary<string, Uri> Endpoints { get; init; } = new Dictionary<string, Uri>();

    /// <summary>The source of the key pairs.</summary>
    public AWSCredentials Credentials { get; }

    /// <summary>
    /// The number of attempts per call; 1 does not retry. AWS's standard mode has 3; AWS_MAX_ATTEMPTS changes it.
    /// </summary>
    public int MaxAttempts { get; init; } =
        int.TryParse(
            Environment.GetEnvironmentVariable("AWS_MAX_ATTEMPTS"),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var attempts
        )
            ? attempts
            : 3;

    /// <summary>The time of signatures, and of waits between attempts.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    internal HttpClient Http { get; }

    /// <summary>
    /// Connects as the environment and ~/.aws say, read as AWS's SDKs read them: AWS_ENDPOINT_URL and
    /// AWS_ENDPOINT_URL_SERVICE, AWS_REGION, key variables, profiles, container credentials.
    /// </summary>
    public static AwsConnection FromEnvironment(DelegatingHandler? hook = null)
    {
        var region =
            Variable("AWS_REGION")
            ?? Variable("AWS_DEFAULT_REGION")
            ?? FallbackRegionFactory.GetRegionEndpoint()?.SystemName
            ?? throw new AmazonClientException("No region: set AWS_REGION, or write a region in ~/.aws/config.");
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

    /// <summary>The variable with the endpoint of one service, such as AWS_ENDPOINT_URL_SAGEMAKER_RUNTIME.</summary>
    private static string VariableOf(ServiceModel model) =>
        $"AWS_ENDPOINT_URL_{model.ServiceId.Replace(' ', '_').ToUpperInvariant()}";

    /// <summary>Returns a variable of the environment; null if it is empty, like AWS's own clients.</summary>
    private static string? Variable(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    /// <summary>Connects to a local cloud with the account's own keys.</summary>
    public static AwsConnection To(CloudFile cloud, DelegatingHandler? hook = null) =>
        WithKeys(cloud.Region, cloud.Keys, cloud.Endpoint, hook);

    /// <summary>Connects with one fixed key pair.</summary>
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

    /// <summary>The address of a service. IAM has one address for all regions.</summary>
    public Uri EndpointOf(ServiceModel model) =>
        ConfiguredEndpointOf(model)
        ?? new Uri(
            model.Id == "iam"
                ? $"https://{AwsPartition.IamOf(Region)}"
                : $"https://{model.EndpointPrefix}.{Region}.{AwsPartition.DomainOf(Region)}"
        );

    /// <summary>The address that replaces AWS's own; null if the service is AWS's.</summary>
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
