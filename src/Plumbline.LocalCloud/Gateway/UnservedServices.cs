using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Plumbline.Aws.Models;
using Plumbline.Aws.Protocols;

namespace Plumbline.LocalCloud.Gateway;

/// <summary>
/// Services that are not here. Their clients understand a refusal only in their own protocol, which the request shows, and
/// must be told which service is missing, not that S3 did not understand them.
/// </summary>
internal static class UnservedServices
{
    private static readonly Dictionary<string, Codec> Codecs = new[]
    {
        ("json", "1.0"),
        ("json", "1.1"),
        ("query", ""),
        ("ec2", ""),
        ("rest-json", ""),
        ("smithy-rpc-v2-cbor", ""),
    }.ToDictionary(entry => entry.Item1 + entry.Item2, entry => CodecOf(entry.Item1, entry.Item2));

    /// <summary>Names by which clients know services that sign with another.</summary>
    private static readonly Dictionary<string, string> KnownAs = new()
    {
        ["aps"] = "amp",
        ["awsssoportal"] = "sso",
        ["cloudcontrolapi"] = "cloudcontrol",
        ["elasticfilesystem"] = "efs",
        ["elasticloadbalancing"] = "elb",
        ["elasticmapreduce"] = "emr",
        ["es"] = "opensearch",
        ["servicequotas"] = "service-quotas",
        ["states"] = "stepfunctions",
        ["tagging"] = "resourcegroupstaggingapi",
    };

    /// <summary>Services that speak REST and sign with the name of one that is here; only their paths tell them apart.</summary>
    private static readonly (string Scope, string Method, string Path, string Service, string Operation)[] Shared =
    [
        ("sagemaker", "GET", "/FeatureGroup/", "sagemaker-featurestore-runtime", "GetRecord"),
        ("sagemaker", "PUT", "/FeatureGroup/", "sagemaker-featurestore-runtime", "PutRecord"),
        ("sagemaker", "DELETE", "/FeatureGroup/", "sagemaker-featurestore-runtime", "DeleteRecord"),
        ("sagemaker", "POST", "/BatchGetRecord", "sagemaker-featurestore-runtime", "BatchGetRecord"),
        ("sagemaker", "PUT", "/BatchPutMetrics", "sagemaker-metrics", "BatchPutMetrics"),
        ("sagemaker", "POST", "/BatchGetMetrics", "sagemaker-metrics", "BatchGetMetrics"),
        ("sagemaker", "POST", "/GetDeployments", "sagemaker-edge", "GetDeployments"),
        ("sagemaker", "POST", "/GetDeviceRegistration", "sagemaker-edge", "GetDeviceRegistration"),
        ("sagemaker", "POST", "/SendHeartbeat", "sagemaker-edge", "SendHeartbeat"),
        ("sagemaker", "", "/human-loops", "sagemaker-a2i-runtime", ""),
    ];

    /// <summary>The XML services besides S3; they wrap their errors as the Query services do.</summary>
    private static readonly string[] Xml = ["cloudfront", "route53", "s3control"];

    /// <summary>The service of a request that is signed as one that is here, where its path says that it is another.</summary>
    public static RequestTarget? Share(HttpRequest request, string path, string? scope)
    {
        // A bucket may be called v20180820, but S3 knows no account in a header.
        if (
            scope == "s3"
            && request.Headers.ContainsKey("x-amz-account-id")
            && path.StartsWith("/v20180820/", StringComparison.Ordinal)
        )
        {
            return Of(request, "s3control", named: null);
        }

        if (scope != "sagemaker" || path.StartsWith("/endpoints/", StringComparison.Ordinal))
        {
            return null;
        }

        var found = Array.Find(
            Shared,
            entry =>
                entry.Scope == scope
                && (entry.Method.Length == 0 || entry.Method == request.Method)
                && path.StartsWith(entry.Path, StringComparison.Ordinal)
        );
        return found.Service is null
            ? null
            : Of(request, found.Service, named: null) with
            {
                Operation = found.Operation.Length > 0 ? found.Operation : null,
            };
    }

    /// <summary>A service that is not here.</summary>
    /// <param name="request">The request, which shows the protocol.</param>
    /// <param name="scope">The name that it is signed with; null where it is not signed.</param>
    /// <param name="named">The service's name in the target or path; null where there is none.</param>
    public static RequestTarget Of(HttpRequest request, string? scope, string? named)
    {
        var name = scope is null ? named ?? "" : KnownAs.GetValueOrDefault(scope, scope);
        return new RequestTarget(name, Codecs[ProtocolOf(request, name, named)], IsHere: false);
    }

    private static string ProtocolOf(HttpRequest request, string name, string? named)
    {
        var type = request.ContentType ?? "";
        return request.Headers.ContainsKey("smithy-protocol") ? "smithy-rpc-v2-cbor"
            : named is not null ? (type.Contains("json-1.1", StringComparison.Ordinal) ? "json1.1" : "json1.0")
            : name == "ec2" ? "ec2"
            : type.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase)
            || request.Query.ContainsKey("Action")
            || Xml.Contains(name)
                ? "query"
            : "rest-json";
    }

    private static Codec CodecOf(string protocol, string jsonVersion)
    {
        var model = JsonSerializer.SerializeToElement(
            new
            {
                metadata = new { protocol, jsonVersion },
                operations = new { },
                shapes = new { },
            }
        );
        return Codec.For(ServiceModel.Parse($"not here ({protocol})", model), protocol);
    }
}
