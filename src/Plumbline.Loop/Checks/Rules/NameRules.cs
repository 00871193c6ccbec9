using System.Text.RegularExpressions;
using Plumbline.Aws.Models;
using Plumbline.Loop.Resources;

namespace Plumbline.Loop.Checks.Rules;

/// <summary>Rules about the names of resources, including those that deployments will create.</summary>
internal static class NameRules
{
    // A deployment names its resources after the version and a hash; these are the longest ones to expect.
    private const string LongestVersion = "-v99999";
    private const string LongestConfig = "-v99999-00000000";

    public static IEnumerable<Problem> Names(CheckSubject subject)
    {
        var names = subject.Resources.Select(one => (one.Kind.ToString(), one.Name, Limit: LimitOf(one.Kind)));
        if (subject.Names is { } loop)
        {
            names =
            [
                .. names,
                ("Endpoint", loop.Endpoint, Model("sagemaker", "CreateEndpoint", "EndpointName")),
                ("Model", loop.Project + LongestVersion, Model("sagemaker", "CreateModel", "ModelName")),
                (
                    "EndpointConfig",
                    loop.Project + LongestConfig,
                    Model("sagemaker", "CreateEndpointConfig", "EndpointConfigName")
                ),
            ];
        }

        foreach (var (kind, name, limit) in names)
        {
            if (name.Length < limit.Least || name.Length > limit.Most)
            {
                yield return Problem.Error(
                    $"{kind} {name}",
                    $"the name has {name.Length} characters, and AWS takes {limit.Least} to {limit.Most}."
                );
            }
            else if (!Regex.IsMatch(name, $@"\A(?:{limit.Pattern})\z", RegexOptions.ECMAScript))
            {
                yield return Problem.Error($"{kind} {name}", $"the name must match AWS's pattern {limit.Pattern}.");
            }
        }
    }

    private static NameLimit LimitOf(ResourceKind kind) =>
        kind switch
        {
            // AWS's models of S3 and SNS have no pattern for these two; the documentation has.
            ResourceKind.Bucket => new(3, 63, "[a-z0-9](?:[a-z0-9-]|[.](?![.]))*[a-z0-9]"),
            ResourceKind.Topic => new(1, 256, "[A-Za-z0-9_-]+"),
            ResourceKind.Role => Model("iam", "CreateRole", "RoleName"),
            ResourceKind.Repository => Model("codecommit", "CreateRepository", "repositoryName"),
            ResourceKind.ModelPackageGroup => Model("sagemaker", "CreateModelPackageGroup", "ModelPackageGroupName"),
            ResourceKind.BuildProject => Model("codebuild", "CreateProject", "name"),
            ResourceKind.Pipeline => Model("sagemaker", "CreatePipeline", "PipelineName"),
            ResourceKind.Alarm => Model("monitoring", "PutMetricAlarm", "AlarmName"),
            ResourceKind.Rule => Model("events", "PutRule", "Name"),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "no limit is known"),
        };

    private static NameLimit Model(string service, string operation, string member)
    {
        var shape = ServiceModel.For(service).Operations[operation].Input!.Members[member];
        return new((int)(shape.Min ?? 1), (int)(shape.Max ?? int.MaxValue), shape.Pattern ?? "[^\\x00-\\x1F]+");
    }

    private sealed record NameLimit(int Least, int Most, string Pattern);
}
