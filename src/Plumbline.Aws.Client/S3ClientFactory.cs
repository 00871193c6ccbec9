using Amazon;
using Amazon.Runtime;
using Amazon.S3;
using Plumbline.Aws.Models;

namespace Plumbline.Aws.Client;

/// <summary>Makes AWSSDK.S3 clients that share the connection's credentials and HTTP hook.</summary>
public static class S3ClientFactory
{
    /// <summary>Makes a client; it puts the bucket into the path unless the endpoint is AWS's own.</summary>
    public static IAmazonS3 Create(AwsConnection connection)
    {
        var endpoint = connection.ConfiguredEndpointOf(ServiceModel.For("s3"));
        var config = new AmazonS3Config
        {
            HttpClientFactory = new SharedHttp(connection),
            MaxErrorRetry = connection.MaxAttempts - 1,
            RetryMode = RequestRetryMode.Standard,
            AuthenticationRegion = connection.Region,
            ForcePathStyle = endpoint is not null,
        };
        if (endpoint is not null)
        {
            config.ServiceURL = endpoint.ToString();
        }
        else
        {
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(connection.Region);
        }

        return new AmazonS3Client(connection.Credentials, config);
    }

    private sealed class SharedHttp(AwsConnection connection) : HttpClientFactory
    {
        public override HttpClient CreateHttpClient(IClientConfig clientConfig) => connection.Http;

        public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;

        public override bool DisposeHttpClientsAfterUse(IClientConfig clientConfig) => false;
    }
}
