namespace Plumbline.Records.Project;

/// <summary>
/// An organization's rules for resources in its AWS account. The local cloud accepts them and ignores most of them.
/// </summary>
public sealed record AwsDescription
{
    /// <summary>The name of another loop of the same project in the same account; null with a single loop.</summary>
    public string? Stage { get; init; }

    /// <summary>The ARN of the permissions boundary of all roles of the stack.</summary>
    public string? PermissionsBoundary { get; init; }

    /// <summary>The path of all roles of the stack, with / at both ends.</summary>
    public string? RolePath { get; init; }

    /// <summary>Existing roles by actor; the stack does not make these.</summary>
    public IReadOnlyDictionary<string, string> Roles { get; init; } = new Dictionary<string, string>();

    /// <summary>Tags of all resources.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>The network of builds, jobs and model servers.</summary>
    public VpcDescription? Vpc { get; init; }

    /// <summary>The ARN of the key that encrypts all stored data; null uses AWS's own keys.</summary>
    public string? KmsKey { get; init; }

    /// <summary>Images that were mirrored into the organization's registry.</summary>
    public ImageDescription Images { get; init; } = new();
}

/// <param name="Id">The VPC; CodeBuild needs it in addition to the subnets.</param>
public sealed record VpcDescription(string Id, IReadOnlyList<string> Subnets, IReadOnlyList<string> SecurityGroups);

/// <summary>The URIs of images in ECR; null for the default image.</summary>
public sealed record ImageDescription
{
    /// <summary>The image of builds and jobs.</summary>
    public string? Jobs { get; init; }

    /// <summary>The image of the model server.</summary>
    public string? Serving { get; init; }

    /// <summary>The image of PyTorch training.</summary>
    public string? PytorchTraining { get; init; }

    /// <summary>The image of PyTorch serving and scoring.</summary>
    public string? PytorchInference { get; init; }
}
