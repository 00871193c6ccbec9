using System.Diagnostics;
using Plumbline.Aws.Errors;

namespace Plumbline.LocalCloud.Gateway;

/// <summary>OpenTelemetry's names for the facts of an AWS call.</summary>
internal static class RpcTags
{
    public const string Service = "rpc.service";
    public const string Method = "rpc.method";
    public const string ErrorType = "error.type";
    public const string Status = "http.response.status_code";

    /// <summary>Adds the service and the request's id.</summary>
    public static void SetService(this Activity activity, string service, string requestId) =>
        activity.SetTag("rpc.system", "aws-api").SetTag(Service, service).SetTag("aws.request_id", requestId);

    /// <summary>Adds the operation, and names the activity by it.</summary>
    public static void SetOperation(this Activity activity, string service, string operation)
    {
        activity.DisplayName = $"{service}/{operation}";
        activity.SetTag(Method, operation);
    }

    /// <summary>
    /// Adds the error's code. Only an error of the cloud's own marks the activity as failed: OpenTelemetry leaves the
    /// errors of clients to the clients.
    /// </summary>
    public static void SetError(this Activity activity, AwsException error)
    {
        activity.SetTag(ErrorType, error.Code);
        if (error.Status >= 500)
        {
            activity.SetStatus(ActivityStatusCode.Error, error.Message);
        }
    }
}
