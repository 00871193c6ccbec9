using System.Text;
using System.Text.Json.Nodes;
using Plumbline.Aws.Arns;
using Plumbline.Aws.Errors;

namespace Plumbline.LocalCloud.Services.SageMakerRuntime.Invocations;

/// <summary>The errors of InvokeEndpoint, with AWS's texts.</summary>
internal static class InvocationErrors
{
    private const int LongestMessage = 2048;

    private const string TimedOut =
        "Your invocation timed out while waiting for a response from container primary. Review the latency metrics for "
        + "each container in Amazon CloudWatch, resolve the issue, and try again.";

    /// <summary>The request is invalid: ValidationError, 400.</summary>
    public static AwsException Validation(string message) => new("ValidationError", 400, message);

    /// <summary>The endpoint does not exist, or is not in service yet.</summary>
    public static AwsException NotFound(string endpointName) =>
        Validation($"Endpoint {endpointName} of account {LocalCloudIdentity.Account} not found.");

    /// <summary>The endpoint does not have this variant.</summary>
    public static AwsException VariantNotFound(string endpointName, string variantName) =>
        Validation($"Variant {variantName} of endpoint {endpointName} not found.");

    /// <summary>The request has a header that the local cloud does not implement.</summary>
    public static AwsException NotHere(string header) =>
        Validation($"The local cloud does not implement the header {header} of InvokeEndpoint.");

    /// <summary>The model answered with an error.</summary>
    public static AwsException OfModel(string endpointName, int status, ReadOnlySpan<byte> body) =>
        ModelError(endpointName, status, Encoding.UTF8.GetString(body[..Math.Min(body.Length, LongestMessage)]));

    /// <summary>The model did not answer in time.</summary>
    public static AwsException OfSilence(string endpointName) => ModelError(endpointName, 0, TimedOut);

    /// <summary>The model's answer is invalid or too large, so it cannot be passed to the caller.</summary>
    public static AwsException OfNonsense(string endpointName, string why) => ModelError(endpointName, 0, why);

    /// <summary>The model server cannot be reached.</summary>
    public static AwsException Unavailable(string endpointName, string variantName) =>
        new(
            "ServiceUnavailable",
            503,
            $"The model server of variant {variantName} of endpoint {endpointName} does not answer; "
                + "it is being restarted."
        );

    private static AwsException ModelError(string endpointName, int status, string body)
    {
        var group = $"/aws/sagemaker/Endpoints/{endpointName}";
        var (region, account) = (LocalCloudIdentity.Region, LocalCloudIdentity.Account);
        var side = status is >= 400 and < 500 ? "client" : "server";
        var console =
            $"https://{region}.console.aws.amazon.com/cloudwatch/home?region={region}#logEventViewer:group={group}";
        return new AwsException(
            "ModelError",
            424,
            $"Received {side} error ({status}) from primary with message \"{body}\". "
                + $"See {console} in account {account} for more information."
        )
        {
            Members = new JsonObject
            {
                ["OriginalStatusCode"] = status,
                ["OriginalMessage"] = body,
                ["LogStreamArn"] = new Arn("logs", region, account, $"log-group:{group}").ToString(),
            },
        };
    }
}
