namespace Plumbline.Records.Project;

/// <summary>What an organisation asks of whatever is made in its AWS account. The local cloud takes it, and most of it means nothing there.</summary>
public sealed record AwsDescription
{
    /// <summary>Makes another loop of the same project, in the same account; null where there is one only.</summary>
    public string? Stage { get; init; }

    /// <summary>The ARN of the policy that limits every role of the stack.</summary>
    public string? PermissionsBoundary { get; init; }

    /// <summary>The path of every role of the stack, with / at both ends.</summary>
    public string? RolePath { get; init; }

    /// <summary>Roles that were made elsewhere, by actor: the stack makes none of these.</summary>
    public IReadOnlyDictionary<string, string> Roles { get; init; } = new Dictionary<string, string>();

    /// <summary>Tags of everything that is made.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>The network that builds, jobs and model servers are in.</summary>
    public VpcDescription? Vpc { get; init; }

    /// <summary>The ARN of the key that everything kept is encrypted with; AWS's own keys without it.</summary>
    public string? KmsKey { get; init; }

    /// <summary>Images that were mirrored into a registry of the organisation's.</summary>
    public ImageDescription Images { get; init; } = new();
}

/// <summary>A network.</summary>
/// <param name="Id">The VPC, which CodeBuild asks for beside its subnets.</param>
/// <param name="Subnets">Its subnets.</param>
/// <param name="SecurityGroups">Its security groups.</param>
public sealed record VpcDescription(string Id, IReadOnlyList<string> Subnets, IReadOnlyList<string> SecurityGroups);

/// <summary>The URIs of images in ECR; null for the usual one.</summary>
public sealed record ImageDescription
{
    /// <summary>The image that builds and jobs run in.</summary>
    public string? Jobs { get; init; }

    /// <summary>The model server's.</summary>
    public string? Serving { get; init; }

    /// <summary>The image that PyTorch trains in.</summary>
    public string? PytorchTraining { get; init; }

    /// <summary>The image that PyTorch serves and scores in.</summary>
    public string? PytorchInference { get; init; }
}
