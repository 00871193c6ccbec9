using System.Globalization;
using System.Net;
using Plumbline.XGBoost.Inputs;

namespace Plumbline.Serving;

/// <summary>The settings from the environment. Names that do not begin with PLUMBLINE are SageMaker's.</summary>
/// <param name="ModelFolder">SAGEMAKER_BASE_DIR/model, by default /opt/ml/model.</param>
/// <param name="Address">PLUMBLINE_BIND_ADDRESS; loopback by default. The container image sets 0.0.0.0.</param>
/// <param name="Port">SAGEMAKER_BIND_TO_PORT, by default 8080; 0 takes a free port.</param>
/// <param name="UnixSocket">PLUMBLINE_BIND_UNIX: a socket's path, instead of address and port.</param>
public sealed record ServingSettings(string ModelFolder, IPAddress Address, int Port, string? UnixSocket)
{
    /// <summary>SageMaker's limit for a request of InvokeEndpoint, in bytes.</summary>
    public const int LargestBody = 6_291_456;

    /// <exception cref="InputException">A variable is invalid.</exception>
    public static ServingSettings FromEnvironment()
    {
        var address = Variable("PLUMBLINE_BIND_ADDRESS") ?? "127.0.0.1";
        var port = Variable("SAGEMAKER_BIND_TO_PORT") ?? "8080";
        return new ServingSettings(
            Path.Combine(BaseFolder(), "model"),
            IPAddress.TryParse(address, out var parsed)
                ? parsed
                : throw new InputException("PLUMBLINE_BIND_ADDRESS", $"{address} is not an IP address"),
            int.TryParse(port, CultureInfo.InvariantCulture, out var number) && number is >= 0 and <= 65535
                ? number
                : throw new InputException(
                    "SAGEMAKER_BIND_TO_PORT",
                    $"{port} is not a port: write a number from 0 to 65535"
                ),
            Variable("PLUMBLINE_BIND_UNIX")
        );
    }

    /// <summary>The folder of SageMaker's contract: SAGEMAKER_BASE_DIR, by default /opt/ml.</summary>
    public static string BaseFolder() => Variable("SAGEMAKER_BASE_DIR") ?? "/opt/ml";

    private static string? Variable(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
