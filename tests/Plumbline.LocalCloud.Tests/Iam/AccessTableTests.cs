using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Plumbline.Aws.Models;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.Services.Iam.Authorization;
using Plumbline.LocalCloud.Services.Iam.Authorization.Actions;
using Plumbline.Testing;

namespace Plumbline.LocalCloud.Tests.Iam;

/// <summary>
/// Compares the table of permissions with the served operations and with AWS's service authorization data, of which
/// cfn-lint has a copy.
/// </summary>
public sealed partial class AccessTableTests(RunningCloud cloud) : IClassFixture<RunningCloud>
{
    private const string ReadData = """
        import cfnlint, json, os
        path = os.path.join(os.path.dirname(cfnlint.__file__), "data", "AdditionalSpecs", "Policies.json")
        data = json.load(open(path))
        names = ["s3", "sagemaker", "cloudwatch", "logs", "events", "sns", "codebuild", "codecommit", "iam", "sts"]
        print(json.dumps({name: data[name] for name in names}))
        """;

    [Fact]
    public void Every_served_operation_says_what_it_asks_for() =>
        Served().Where(operation => AccessTable.Of(operation) is null).Select(One).ShouldBeEmpty();

    [PythonFact("cfnlint")]
    public async Task Every_action_and_every_kind_of_resource_is_one_that_AWS_has()
    {
        var data = JsonNode.Parse((await Shell.RunAsync("python3", ["-c", ReadData])).Succeeded())!;

        var wrong =
            from operation in Served()
            from access in AccessTable.Of(operation)!
            let formats = Formats(data, access.Action!)
            from resource in access.Resources(Example(operation))
            where
                formats is null
                || !(
                    resource == "*"
                        ? formats.Count == 0
                        : formats.Exists(format => Regex.IsMatch(resource, $"^{format}$"))
                )
            select $"{One(operation)}: {access.Action} on {resource}, of {string.Join(" or ", formats ?? ["no such action"])}";
        wrong.ShouldBeEmpty();
    }

    [Fact]
    public void Every_operation_that_is_handed_a_role_asks_for_the_right_to_pass_it()
    {
        var handed =
            from operation in Served()
            where operation.Service.Id is not ("iam" or "sts") && operation.Input is not null
            from path in RolePaths(operation.Input!, "", [])
            // A Redshift cluster already has that role.
            where !path.EndsWith(".ClusterRoleArn", StringComparison.Ordinal)
            select (Operation: operation, Path: path);

        handed.ShouldNotBeEmpty();
        handed
            .Where(one =>
                !AccessTable
                    .Of(one.Operation)!
                    .Any(access => access.PassedTo is not null && access.Resources(At(one.Path, "role/x")).Any())
            )
            .Select(one => $"{One(one.Operation)}: {one.Path}")
            .ShouldBeEmpty();
    }

    /// <summary>
    /// The paths of a shape's members that are roles, in the form that <see cref="Access.Values"/> reads.
    /// </summary>
    private static IEnumerable<string> RolePaths(Shape shape, string path, HashSet<string> above) =>
        shape.Kind switch
        {
            ShapeKind.List => RolePaths(shape.Member, path + "[]", above),
            ShapeKind.Structure when !above.Contains(shape.Name) => shape.Members.SelectMany(member =>
                RolePaths(member.Value, path.Length == 0 ? member.Key : $"{path}.{member.Key}", [.. above, shape.Name])
            ),
            _ when RoleName().IsMatch(path) => [path],
            _ => [],
        };

    /// <summary>An input with only one text, at a path.</summary>
    private static JsonObject At(string path, string text)
    {
        JsonNode node = text;
        foreach (var step in path.Split('.').Reverse())
        {
            node = step.EndsWith("[]", StringComparison.Ordinal)
                ? new JsonObject { [step[..^2]] = new JsonArray(node) }
                : new JsonObject { [step] = node };
        }

        return node.AsObject();
    }

    /// <summary>The patterns of an action's resources; null if AWS does not have the action.</summary>
    private static List<string>? Formats(JsonNode data, string action)
    {
        var service = data[action.Split(':')[0]]!;
        return service["Actions"]![action.Split(':')[1].ToLowerInvariant()] is { } found
            ?
            [
                .. from kind in found["Resources"]?.AsArray() ?? []
                from format in service["Resources"]![(string)kind!]!["ARNFormats"]!.AsArray()
                select Placeholder().Replace((string)format!, "[^:]*"),
            ]
            : null;
    }

    private IEnumerable<Operation> Served()
    {
        var table = cloud.Host.Services.GetRequiredService<OperationTable>();
        return ServiceModel
            .Ids.Select(ServiceModel.For)
            .SelectMany(model => model.Operations.Values)
            .Where(operation => table.Has(operation.Service, operation.Name));
    }

    private static string One(Operation operation) => $"{operation.Service.Id} {operation.Name}";

    /// <summary>
    /// An input with a text, or a list of one text or object, for every member that the table may read.
    /// </summary>
    private static JsonObject Example(Operation operation)
    {
        var input = new JsonObject();
        foreach (var (name, member) in operation.Input?.Members ?? new Dictionary<string, Shape>())
        {
            input[name] = name switch
            {
                "Path" => "/",
                "CopySource" => "source/key",
                "serviceRole" or "serviceRoleOverride" => ArnFor(operation, name),
                "Delete" => new JsonObject { ["Objects"] = new JsonArray(new JsonObject { ["Key"] = "k" }) },
                "Entries" or "Targets" or "Tags" => new JsonArray(new JsonObject { ["Id"] = "x" }),
                _ when name.EndsWith("Arn", StringComparison.OrdinalIgnoreCase) => ArnFor(operation, name),
                _ when member.Kind == ShapeKind.List => new JsonArray("x"),
                _ => "x",
            };
        }

        return input;
    }

    private static string ArnFor(Operation operation, string member) =>
        (operation.Service.Id, member) switch
        {
            ("sagemaker", "PipelineExecutionArn") => "arn:aws:sagemaker:us-east-1:000000000000:pipeline/x/execution/y",
            ("sagemaker", "ModelPackageArn") => "arn:aws:sagemaker:us-east-1:000000000000:model-package/x/1",
            ("sagemaker", "ResourceArn") => "arn:aws:sagemaker:us-east-1:000000000000:model/x",
            ("monitoring", _) => "arn:aws:cloudwatch:us-east-1:000000000000:alarm:x",
            ("logs", _) => "arn:aws:logs:us-east-1:000000000000:log-group:x",
            ("events", "ResourceARN") => "arn:aws:events:us-east-1:000000000000:rule/x",
            ("sns", "SubscriptionArn") => "arn:aws:sns:us-east-1:000000000000:topic:subscription",
            ("sns", _) => "arn:aws:sns:us-east-1:000000000000:topic",
            ("iam", "PolicyArn") => "arn:aws:iam::000000000000:policy/x",
            ("codecommit", _) => "arn:aws:codecommit:us-east-1:000000000000:x",
            _ => "arn:aws:iam::000000000000:role/x",
        };

    [GeneratedRegex("[rR]ole(Arn|ARN|Override)?$")]
    private static partial Regex RoleName();

    [GeneratedRegex(@"\$\{\w+\}")]
    private static partial Regex Placeholder();
}
