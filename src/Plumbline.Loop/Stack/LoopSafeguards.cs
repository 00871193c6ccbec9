using System.Text.Json.Nodes;
using Plumbline.Loop.Project;
using Plumbline.Records;
using Plumbline.Records.Project;

namespace Plumbline.Loop.Stack;

/// <summary>
/// The resources of a loop on AWS beside the one list, because only there it means something: encryption and the like of the
/// bucket, the queue of events that could not be delivered, who may write to the topic, and a dashboard.
/// </summary>
internal static class LoopSafeguards
{
    private const string DeadLetters = "DeadLetters";
    private const int DaysOfOldVersions = 30;
    private const int SecondsOfDeadLetters = 1_209_600;

    public static IEnumerable<(string Id, JsonObject Resource)> Of(ProjectDescription project, LoopNames names) =>
        [
            ("BucketPolicy", OnlyOverTls(names.Bucket)),
            (
                DeadLetters,
                Template.Resource(
                    "AWS::SQS::Queue",
                    new JsonObject
                    {
                        ["QueueName"] = $"{names.Project}-dead-letters",
                        // SQS's longest: a holiday must not lose an event.
                        ["MessageRetentionPeriod"] = SecondsOfDeadLetters,
                        ["SqsManagedSseEnabled"] = true,
                    }
                )
            ),
            ("DeadLettersPolicy", DeadLettersPolicy(names)),
            ("DeadLettersAlarm", DeadLettersAlarm(names)),
            ("TopicPolicy", TopicPolicy(names)),
            ("Dashboard", Dashboard(project, names)),
        ];

    /// <summary>The bucket's properties: every version, encrypted, nothing public; captures do not stay for ever.</summary>
    public static JsonObject OfBucket(JsonObject input, CaptureDescription? capture = null) =>
        new()
        {
            ["BucketName"] = input["Bucket"]!.DeepClone(),
            ["VersioningConfiguration"] = new JsonObject { ["Status"] = "Enabled" },
            ["BucketEncryption"] = new JsonObject
            {
                ["ServerSideEncryptionConfiguration"] = new JsonArray(
                    new JsonObject
                    {
                        ["ServerSideEncryptionByDefault"] = new JsonObject { ["SSEAlgorithm"] = "AES256" },
                    }
                ),
            },
            ["PublicAccessBlockConfiguration"] = new JsonObject
            {
                ["BlockPublicAcls"] = true,
                ["BlockPublicPolicy"] = true,
                ["IgnorePublicAcls"] = true,
                ["RestrictPublicBuckets"] = true,
            },
            ["OwnershipControls"] = new JsonObject
            {
                ["Rules"] = new JsonArray(new JsonObject { ["ObjectOwnership"] = "BucketOwnerEnforced" }),
            },
            ["LifecycleConfiguration"] = new JsonObject
            {
                ["Rules"] = new JsonArray(
                    Rule(
                        "captures",
                        ("Prefix", Layout.Captures + "/"),
                        ("ExpirationInDays", (int)(capture ?? new()).Retention.TotalDays)
                    ),
                    Rule(
                        "old-versions",
                        ("NoncurrentVersionExpiration", new JsonObject { ["NoncurrentDays"] = DaysOfOldVersions })
                    ),
                    Rule(
                        "unfinished-uploads",
                        ("AbortIncompleteMultipartUpload", new JsonObject { ["DaysAfterInitiation"] = 7 })
                    )
                ),
            },
        };

    /// <summary>A rule's target, whose undelivered events are kept.</summary>
    public static JsonObject OfTarget(JsonObject target)
    {
        var own = (JsonObject)target.DeepClone();
        own["DeadLetterConfig"] = new JsonObject { ["Arn"] = Template.GetAtt(DeadLetters, "Arn") };
        return own;
    }

    private static JsonObject Rule(string id, params (string Name, JsonNode Value)[] says)
    {
        var rule = new JsonObject { ["Id"] = id, ["Status"] = "Enabled" };
        foreach (var (name, value) in says)
        {
            rule[name] = value;
        }

        return rule;
    }

    /// <summary>The policy of the bucket in the same template: nothing goes over plain HTTP.</summary>
    public static JsonObject OnlyOverTls(string bucket) =>
        Template.Resource(
            "AWS::S3::BucketPolicy",
            new JsonObject
            {
                ["Bucket"] = new JsonObject { ["Ref"] = "Bucket" },
                ["PolicyDocument"] = Template.Policy(
                    new JsonObject
                    {
                        ["Sid"] = "OnlyOverTls",
                        ["Effect"] = "Deny",
                        ["Principal"] = "*",
                        ["Action"] = "s3:*",
                        ["Resource"] = new JsonArray($"arn:aws:s3:::{bucket}", $"arn:aws:s3:::{bucket}/*"),
                        ["Condition"] = new JsonObject
                        {
                            ["Bool"] = new JsonObject { ["aws:SecureTransport"] = "false" },
                        },
                    }
                ),
            }
        );

    private static JsonObject DeadLettersPolicy(LoopNames names) =>
        Template.Resource(
            "AWS::SQS::QueuePolicy",
            new JsonObject
            {
                ["Queues"] = new JsonArray(new JsonObject { ["Ref"] = DeadLetters }),
                ["PolicyDocument"] = Template.ServicePolicy(
                    "events.amazonaws.com",
                    "sqs:SendMessage",
                    Template.GetAtt(DeadLetters, "Arn"),
                    OfTheRules(names)
                ),
            }
        );

    /// <summary>An event that nobody took is a retraining, a deployment or a measurement that did not come.</summary>
    private static JsonObject DeadLettersAlarm(LoopNames names) =>
        Template.Resource(
            "AWS::CloudWatch::Alarm",
            new JsonObject
            {
                ["AlarmName"] = $"{names.Project}-dead-letters",
                ["AlarmDescription"] =
                    $"Events of {names.Project} could not be delivered: what they start did not begin.",
                ["Namespace"] = "AWS/SQS",
                ["MetricName"] = "ApproximateNumberOfMessagesVisible",
                ["Dimensions"] = new JsonArray(
                    new JsonObject { ["Name"] = "QueueName", ["Value"] = Template.GetAtt(DeadLetters, "QueueName") }
                ),
                ["Statistic"] = "Maximum",
                ["Period"] = 300,
                ["EvaluationPeriods"] = 1,
                ["Threshold"] = 0,
                ["ComparisonOperator"] = "GreaterThanThreshold",
                ["TreatMissingData"] = "notBreaching",
                ["AlarmActions"] = new JsonArray(new JsonObject { ["Ref"] = "TopicAlerts" }),
            }
        );

    private static JsonObject TopicPolicy(LoopNames names) =>
        Template.Resource(
            "AWS::SNS::TopicPolicy",
            new JsonObject
            {
                ["Topics"] = new JsonArray(new JsonObject { ["Ref"] = "TopicAlerts" }),
                ["PolicyDocument"] = Template.Policy(
                    MayPublish(
                        "cloudwatch.amazonaws.com",
                        new JsonObject { ["StringEquals"] = new JsonObject { ["aws:SourceAccount"] = names.Account } }
                    ),
                    MayPublish("events.amazonaws.com", OfTheRules(names))
                ),
            }
        );

    private static JsonObject MayPublish(string service, JsonObject condition) =>
        Template.ServiceStatement(service, "sns:Publish", new JsonObject { ["Ref"] = "TopicAlerts" }, condition);

    /// <summary>The condition that the project's rules send it, and nobody else's.</summary>
    private static JsonObject OfTheRules(LoopNames names) =>
        new()
        {
            ["ArnLike"] = new JsonObject
            {
                ["aws:SourceArn"] = $"arn:aws:events:{names.Region}:{names.Account}:rule/{names.Project}-*",
            },
        };

    private static JsonObject Dashboard(ProjectDescription project, LoopNames names)
    {
        var (quality, endpoint) = (project.Monitor.Namespace, "AWS/SageMaker");
        string[] model = ["Endpoint", names.Endpoint, "MonitoringSchedule", names.MonitorRule];
        string[] variant = ["EndpointName", names.Endpoint, "VariantName", LoopNames.Variant];
        var widgets = new JsonArray(
            Graph(
                names,
                0,
                "Accuracy in production",
                [quality, project.Quality.Metric, .. model],
                [quality, $"{project.Quality.Metric}_lower", .. model],
                [quality, $"{project.Quality.Metric}_upper", .. model]
            ),
            Graph(names, 1, "Labels", [quality, "labels", .. model]),
            Graph(names, 2, "Requests", [endpoint, "Invocations", .. variant]),
            Graph(
                names,
                3,
                "Errors",
                [endpoint, "Invocation5XXErrors", .. variant],
                [endpoint, "InvocationModelErrors", .. variant]
            ),
            Graph(
                names,
                4,
                "Latency (microseconds)",
                [endpoint, "ModelLatency", .. variant],
                [endpoint, "OverheadLatency", .. variant]
            )
        );
        return Template.Resource(
            "AWS::CloudWatch::Dashboard",
            new JsonObject
            {
                ["DashboardName"] = names.Project,
                ["DashboardBody"] = new JsonObject { ["widgets"] = widgets }.ToJsonString(),
            }
        );
    }

    /// <summary>A graph, two in a row; a dashboard is 24 units wide.</summary>
    private static JsonObject Graph(LoopNames names, int place, string title, params string[][] metrics) =>
        new()
        {
            ["type"] = "metric",
            ["x"] = place % 2 * 12,
            ["y"] = place / 2 * 6,
            ["width"] = 12,
            ["height"] = 6,
            ["properties"] = new JsonObject
            {
                ["title"] = title,
                ["region"] = names.Region,
                ["stat"] = "Average",
                ["period"] = 300,
                ["metrics"] = new JsonArray([
                    .. metrics.Select(one => new JsonArray([.. one.Select(word => JsonValue.Create(word))])),
                ]),
            },
        };
}
