using System.Collections.Concurrent;
using System.Text.Json;

namespace Plumbline.Aws.Models;

/// <summary>One of AWS's own service models (botocore's format), trimmed to the operations in use here.</summary>
public sealed class ServiceModel
{
    private static readonly ConcurrentDictionary<string, Lazy<ServiceModel>> Loaded = new();

    private readonly ShapeTable shapes;

    private ServiceModel(string id, JsonElement root)
    {
        Id = id;
        var metadata = root.GetProperty("metadata");
        EndpointPrefix = Text("endpointPrefix") ?? id;
        SigningName = Text("signingName") ?? EndpointPrefix;
        ApiVersion = Text("apiVersion") ?? "";
        TargetPrefix = Text("targetPrefix");
        JsonVersion = Text("jsonVersion") ?? "1.0";
        ServiceId = Text("serviceId") ?? id;
        XmlNamespace = Text("xmlNamespace");
        QueryCompatible = metadata.TryGetProperty("awsQueryCompatible", out _);
        Protocols =
        [
            .. metadata.TryGetProperty("protocols", out var declared)
                ? declared.EnumerateArray().Select(item => item.GetString()!)
                : [Text("protocol")!],
        ];
        shapes = new ShapeTable(root.GetProperty("shapes"));
        Operations = root.GetProperty("operations")
            .EnumerateObject()
            .ToDictionary(entry => entry.Name, entry => new Operation(this, entry.Value, shapes));
        Unserved = root.TryGetProperty("unserved", out var unserved)
            ? [.. unserved.EnumerateObject().Select(UnservedOperation.Read)]
            : [];

        string? Text(string name) =>
            metadata.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
                ? value.GetString()
                : null;
    }

    /// <summary>The ids that <see cref="For"/> knows.</summary>
    public static IReadOnlyList<string> Ids { get; } =
    [
        "s3",
        "sagemaker",
        "sagemaker-runtime",
        "monitoring",
        "logs",
        "events",
        "sns",
        "codebuild",
        "codecommit",
        "sts",
        "iam",
        "cloudformation",
    ];

    /// <summary>The id that <see cref="For"/> takes, such as <c>sagemaker-runtime</c>.</summary>
    public string Id { get; }

    /// <summary>AWS's service id, such as <c>SageMaker Runtime</c>.</summary>
    public string ServiceId { get; }

    /// <summary>The service's name in a credential scope; sagemaker and sagemaker-runtime share theirs.</summary>
    public string SigningName { get; }

    /// <summary>The first part of the host name on AWS.</summary>
    public string EndpointPrefix { get; }

    /// <summary>The version in a Query request.</summary>
    public string ApiVersion { get; }

    /// <summary>The text before the dot in X-Amz-Target; null for the REST and Query protocols.</summary>
    public string? TargetPrefix { get; }

    /// <summary>The version of AWS JSON: 1.0 or 1.1.</summary>
    public string JsonVersion { get; }

    /// <summary>The default XML namespace of answers.</summary>
    public string? XmlNamespace { get; }

    /// <summary>True where errors carry the code that the service had under the Query protocol.</summary>
    public bool QueryCompatible { get; }

    /// <summary>json, query, rest-json, rest-xml, smithy-rpc-v2-cbor.</summary>
    public IReadOnlyList<string> Protocols { get; }

    /// <summary>The operations by name.</summary>
    public IReadOnlyDictionary<string, Operation> Operations { get; }

    /// <summary>The operations of a REST service that are not in <see cref="Operations"/>.</summary>
    public IReadOnlyList<UnservedOperation> Unserved { get; }

    /// <summary>The model of a service; read once.</summary>
    /// <exception cref="ArgumentException">No model has this id.</exception>
    public static ServiceModel For(string id) =>
        Loaded.GetOrAdd(id, static key => new Lazy<ServiceModel>(() => Load(key))).Value;

    /// <summary>A model in botocore's format from elsewhere, such as the Smithy protocol tests.</summary>
    public static ServiceModel Parse(string id, JsonElement root) => new(id, root);

    private static ServiceModel Load(string id)
    {
        using var stream =
            typeof(ServiceModel).Assembly.GetManifestResourceStream($"Plumbline.Aws.Models.{id}.json")
            ?? throw new ArgumentException($"There is no service model '{id}'.", nameof(id));
        return new ServiceModel(id, JsonSerializer.Deserialize<JsonElement>(stream));
    }
}
