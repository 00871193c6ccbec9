using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Plumbline.Aws.Codecs;
using Plumbline.Aws.Models;
using Plumbline.Aws.Protocols;

namespace Plumbline.LocalCloud.Gateway;

/// <summary>
/// Services that the local cloud does not have. Their clients understand an error only in their own protocol, which the
/// request shows. The error names the missing service; S3's answer would mislead.
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

    /// <summary>The names by which clients know services, by signing name, where the two differ.</summary>
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

    /// <summary>
    /// REST services that share the signing name of a service here; only their paths tell them apart.
    /// </summary>
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

    /// <summary>The XML services besides S3; they wrap their errors like the Query services.</summary>
    private static readonly string[] Xml = ["cloudfront", "route53", "s3control"];

    /// <summary>Returns another service that shares this signing name, if the path is its; otherwise null.</summary>
    public static RequestTarget? Share(HttpRequest request, string path, string? scope)
    {
        // A bucket may be called v20180820, but requests to S3 have no account in a header.
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

    /// <summary>Returns the target for a service that is not here.</summary>
    /// <param name="request">The request, which shows the protocol.</param>
    /// <param name="scope">The signing name; null if the request is unsigned.</param>
    /// <param name="named">The service's name in the target or path; null if the request has neither.</param>
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
        return CodecTable.For(ServiceModel.Parse($"not here ({protocol})", model), protocol);
    }
}
