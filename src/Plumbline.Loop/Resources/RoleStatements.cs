using System.Text.Json.Nodes;
using Plumbline.Aws.Arns;
using Plumbline.Aws.Formats;
using Plumbline.Aws.Instances;
using Plumbline.Loop.Home;
using Plumbline.Records;
using Plumbline.Records.Project;

namespace Plumbline.Loop.Resources;

/// <summary>The statements in the policies of a loop's roles.</summary>
internal static class RoleStatements
{
    /// <summary>A statement that allows actions on resources.</summary>
    public static JsonObject Allow(string[] actions, params string[] resources) =>
        new()
        {
            ["Effect"] = "Allow",
            ["Action"] = new JsonArray([.. actions.Select(action => JsonValue.Create(action))]),
            ["Resource"] = new JsonArray([.. resources.Select(resource => JsonValue.Create(resource))]),
        };

    public static JsonObject List(LoopNames names) => Allow(["s3:ListBucket"], names.S3Arn());

    public static JsonObject Objects(LoopNames names, string action, params string[] keys) =>
        Allow([action], [.. keys.Select(key => names.S3Arn($"/{key}"))]);

    /// <summary>
    /// Reading the base data in S3, wherever the project says that it is. Without the right to list, S3 would call a missing
    /// object forbidden.
    /// </summary>
    public static IEnumerable<JsonObject> BaseData(ProjectDescription project, LoopNames names)
    {
        IReadOnlyList<S3Uri> locations = [.. project.Data.InS3(), .. project.Data.ContentPrefixes()];
        foreach (var bucket in locations.GroupBy(location => location.Bucket))
        {
            var list = Allow(["s3:ListBucket"], S3(bucket.Key));
            // A request for the whole bucket has no prefix that a condition could compare.
            yield return bucket.Any(location => location.Key.Length == 0)
                ? list
                : When(list, "StringLike", "s3:prefix", [.. bucket.Select(one => $"{one.Key}*").Distinct()]);
        }

        if (locations.Count > 0)
        {
            // The build's own listing of contents, if it was interrupted.
            string[] listings =
                project.Data.Format == SourceFormat.Folders && project.Data.ContentPrefixes().Count > 0
                    ? [names.S3Arn($"/{Layout.Listings}*")]
                    : [];
            yield return Allow(
                ["s3:GetObject"],
                [.. locations.Select(location => S3($"{location.Bucket}/{location.Key}*")).Distinct(), .. listings]
            );
        }

        string S3(string resource) => new Arn(names.Partition, "s3", "", "", resource).ToString();
    }

    /// <summary>Access to the training code, for a project that brings its own.</summary>
    public static IEnumerable<JsonObject> Code(ProjectDescription project, LoopNames names, string action) =>
        project.Training.HasCode() ? [Objects(names, action, "code/*")] : [];

    /// <summary>The labels that people added, if the project allows it.</summary>
    public static IEnumerable<JsonObject> AddedLabels(ProjectDescription project, LoopNames names) =>
        project.Review.NewLabels ? [Objects(names, "s3:GetObject", Layout.AddedLabels)] : [];

    /// <summary>The contents of examples, if the project's examples are not rows of a table.</summary>
    public static IEnumerable<JsonObject> Contents(
        ProjectDescription project,
        LoopNames names,
        params IEnumerable<string> actions
    ) => project.Data.IsContent() ? actions.Select(action => Objects(names, action, Layout.Contents + "*")) : [];

    /// <summary>The same for the jobs, with the hashes of contents that stay elsewhere in S3.</summary>
    public static IEnumerable<JsonObject> ContentsOfJobs(ProjectDescription project, LoopNames names)
    {
        string[] keys =
            project.Data.ContentPrefixes().Count > 0
                ? [Layout.Contents + "*", Layout.Pins + "*"]
                : [Layout.Contents + "*"];
        return project.Data.IsContent()
            ? [Objects(names, "s3:GetObject", keys), Objects(names, "s3:PutObject", keys)]
            : [];
    }

    /// <summary>Reading contents one at a time and by their keys, wherever they are.</summary>
    public static IEnumerable<JsonObject> ContentsAnywhere(ProjectDescription project, LoopNames names) =>
        Contents(project, names, "s3:GetObject").Concat(ContentsElsewhere(project, names));

    private static IEnumerable<JsonObject> ContentsElsewhere(ProjectDescription project, LoopNames names) =>
        project.Data.ContentPrefixes() is { Count: > 0 } prefixes
            ?
            [
                Allow(
                    ["s3:GetObject"],
                    [
                        .. prefixes.Select(one =>
                            new Arn(names.Partition, "s3", "", "", $"{one.Bucket}/{one.Key}*").ToString()
                        ),
                    ]
                ),
            ]
            : [];

    /// <summary>Starting a pipeline's jobs, by SageMaker's names for them, on the project's instance type.</summary>
    public static IEnumerable<JsonObject> Started(LoopNames names, string job, string kind, string instance)
    {
        var jobs = names.SageMakerArn(kind, "pipelines-*");
        return
        [
            When(
                Allow([$"sagemaker:Create{job}"], jobs),
                "ForAllValues:StringEquals",
                "sagemaker:InstanceTypes",
                instance
            ),
            Allow([$"sagemaker:Describe{job}", $"sagemaker:Stop{job}", "sagemaker:AddTags"], jobs),
        ];
    }

    public static string Versions(LoopNames names) =>
        names.SageMakerArn("model-package", $"{names.ModelPackageGroup}/*");

    public static string Group(LoopNames names) => names.SageMakerArn("model-package-group", names.ModelPackageGroup);

    public static string Models(LoopNames names) => names.SageMakerArn("model", names.Deployments);

    public static string Configurations(LoopNames names) => names.SageMakerArn("endpoint-config", names.Deployments);

    public static string Endpoint(LoopNames names) => names.SageMakerArn("endpoint", names.Endpoint);

    public static string Alarm(LoopNames names, string alarm) => names.Arn("cloudwatch", $"alarm:{alarm}");

    /// <summary>Tagging new resources with the project's tags, which AWS authorizes separately.</summary>
    public static IEnumerable<JsonObject> Tags(LoopNames names, params string[] resources) =>
        names.Aws.Tags.Count > 0 ? [Allow(["sagemaker:AddTags"], resources)] : [];

    /// <summary>Finding the model in production.</summary>
    public static IEnumerable<JsonObject> Production(LoopNames names) =>
        [
            Allow(["sagemaker:DescribeEndpoint"], Endpoint(names)),
            Allow(["sagemaker:DescribeEndpointConfig"], Configurations(names)),
            Allow(["sagemaker:DescribeModel"], Models(names)),
        ];

    /// <summary>Reading the registered versions.</summary>
    public static IEnumerable<JsonObject> Registered(LoopNames names) =>
        [
            Allow(["sagemaker:DescribeModelPackage", "sagemaker:ListModelPackages"], Versions(names)),
            Allow(["sagemaker:ListModelPackages"], Group(names)),
        ];

    /// <summary>Reading the seconds of the trainings' jobs, for a project with a budget.</summary>
    public static IEnumerable<JsonObject> Spending(ProjectDescription project, LoopNames names) =>
        project.Retraining.Budget is null
            ? []
            :
            [
                // AWS has no resource for lists of jobs.
                Allow(["sagemaker:ListTrainingJobs", "sagemaker:ListProcessingJobs"], "*"),
                Allow(["sagemaker:DescribeTrainingJob"], names.SageMakerArn("training-job", "pipelines-*")),
                Allow(["sagemaker:DescribeProcessingJob"], names.SageMakerArn("processing-job", "pipelines-*")),
            ];

    /// <summary>Publishing metrics in these namespaces: AWS has no resource for metrics.</summary>
    public static JsonObject Figures(params string[] namespaces) =>
        When(Allow(["cloudwatch:PutMetricData"], "*"), "StringLike", "cloudwatch:namespace", namespaces);

    /// <summary>Writing to log groups: AWS authorizes the creation of a group with either form of its ARN.</summary>
    public static JsonObject Logs(LoopNames names, params string[] groups) =>
        Allow(
            ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"],
            [.. from one in groups from end in new[] { "", ":*" } select names.Arn("logs", $"log-group:{one}{end}")]
        );

    /// <summary>Pulling images, each from its own repository.</summary>
    public static IEnumerable<JsonObject> Images(params string[] images) =>
        [Allow(["ecr:GetAuthorizationToken"], "*"), Pull([.. images.Select(LoopImages.ArnOf)])];

    /// <summary>Pulling AWS's PyTorch images, whose account depends on the region.</summary>
    public static IEnumerable<JsonObject> PyTorch(ProjectDescription project, LoopNames names, bool trains)
    {
        var (runsTraining, hasHandler) = (trains && project.Training.IsPyTorch(), project.Training.HasHandler());
        if (!runsTraining && !hasHandler)
        {
            return [];
        }

        var given = project.Aws?.Images ?? new ImageDescription();
        // A project's own image is pulled like any other of its images.
        IEnumerable<(string? Given, string Repository)> needed =
        [
            .. runsTraining && project.Training.Image is null
                ? [(given.PytorchTraining, PyTorchImages.TrainingRepository)]
                : Array.Empty<(string?, string)>(),
            .. hasHandler
                ? [(given.PytorchInference, PyTorchImages.InferenceRepository)]
                : Array.Empty<(string?, string)>(),
        ];
        return
        [
            Pull([
                .. needed.Select(one =>
                    one.Given is { } image
                        ? LoopImages.ArnOf(image)
                        : new Arn(names.Partition, "ecr", names.Region, "*", $"repository/{one.Repository}").ToString()
                ),
            ]),
        ];
    }

    /// <summary>
    /// Pulling the image that trains, if it is the project's own; and the model server's, by which the jobs score the models
    /// of a project's own code.
    /// </summary>
    public static IEnumerable<JsonObject> OwnTraining(ProjectDescription project, LoopNames names)
    {
        if (project.Training.Image is { } image)
        {
            yield return Pull([LoopImages.ArnOf(image)]);
        }

        if (project.Training.BringsCode() && !project.Training.HasHandler())
        {
            yield return Pull([LoopImages.ArnOf(names.Serving())]);
        }
    }

    /// <summary>Using the project's own key for data, and by a grant for the disks of jobs.</summary>
    public static IEnumerable<JsonObject> Key(LoopNames names, bool hasDisks)
    {
        string[] grants = hasDisks ? ["kms:CreateGrant", "kms:DescribeKey"] : [];
        return names.Aws.KmsKey is { } key ? [Allow(["kms:Decrypt", "kms:GenerateDataKey", .. grants], key)] : [];
    }

    /// <summary>Creating network interfaces in the project's network, which a service does under the role.</summary>
    public static IEnumerable<JsonObject> Network(LoopNames names) =>
        names.Aws.Vpc is null
            ? []
            :
            [
                Allow(
                    [
                        "ec2:CreateNetworkInterface",
                        "ec2:CreateNetworkInterfacePermission",
                        "ec2:DeleteNetworkInterface",
                        "ec2:DeleteNetworkInterfacePermission",
                        "ec2:DescribeDhcpOptions",
                        "ec2:DescribeNetworkInterfaces",
                        "ec2:DescribeSecurityGroups",
                        "ec2:DescribeSubnets",
                        "ec2:DescribeVpcs",
                    ],
                    "*"
                ),
            ];

    public static JsonObject PassRole(string role) =>
        When(Allow(["iam:PassRole"], role), "StringEquals", "iam:PassedToService", "sagemaker.amazonaws.com");

    /// <summary>Adds a condition to a statement.</summary>
    public static JsonObject When(JsonObject statement, string comparison, string key, params string[] values)
    {
        JsonNode wanted = values is [var one]
            ? one
            : new JsonArray([.. values.Select(value => JsonValue.Create(value))]);
        statement["Condition"] = new JsonObject { [comparison] = new JsonObject { [key] = wanted } };
        return statement;
    }

    private static JsonObject Pull(string[] repositories) =>
        Allow(["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer", "ecr:BatchCheckLayerAvailability"], repositories);
}
