using System.Text.Json.Nodes;
using Plumbline.Loop.Home;
using Plumbline.Loop.Resources;
using Plumbline.Records;
using Plumbline.Records.Project;

namespace Plumbline.Loop.Stack;

/// <summary>
/// The resources that a loop has on AWS only, in addition to <see cref="LoopResources"/>: the bucket's policies, the
/// queue of events that could not be delivered, the topic's policy, the logs of builds, and a dashboard.
/// </summary>
internal static class LoopSafeguards
{
    /// <summary>The logical ids of the log groups, which must exist before a build would create them.</summary>
    public const string LogsOfBuilds = "LogsBuild";

    /// <inheritdoc cref="LogsOfBuilds"/>
    public const string LogsOfDeployments = "LogsDeploy";

    private const string DeadLetters = "DeadLetters";
    private const int DaysOfOldVersions = 30;
    private const int DaysOfLogs = 90;

    // A training runs for 28 days at most.
    private const int DaysOfCheckpoints = 30;
    private const int SecondsOfDeadLetters = 1_209_600;

    public static IEnumerable<(string Id, JsonObject Resource)> Of(ProjectDescription project, LoopNames names) =>
        [
            ("BucketPolicy", OnlyOverTls(names.Bucket)),
            (DeadLetters, Queue(names)),
            ("DeadLettersPolicy", DeadLettersPolicy(names)),
            ("DeadLettersAlarm", DeadLettersAlarm(names)),
            ("TopicPolicy", TopicPolicy(names)),
            (LogsOfBuilds, Logs(names, names.BuildProject)),
            (LogsOfDeployments, Logs(names, names.DeployProject)),
            ("Dashboard", LoopDashboard.Of(project, names)),
        ];

    /// <summary>The bucket's properties: versioned, encrypted, not public; captures expire.</summary>
    public static JsonObject OfBucket(string name, CaptureDescription? capture = null, string? key = null) =>
        new()
        {
            ["BucketName"] = name,
            ["VersioningConfiguration"] = new JsonObject { ["Status"] = "Enabled" },
            ["BucketEncryption"] = new JsonObject
            {
                ["ServerSideEncryptionConfiguration"] = new JsonArray(
                    key is null
                        ? new JsonObject
                        {
                            ["ServerSideEncryptionByDefault"] = new JsonObject { ["SSEAlgorithm"] = "AES256" },
                        }
                        : new JsonObject
                        {
                            // One call to KMS for many objects.
                            ["BucketKeyEnabled"] = true,
                            ["ServerSideEncryptionByDefault"] = new JsonObject
                            {
                                ["SSEAlgorithm"] = "aws:kms",
                                ["KMSMasterKeyID"] = key,
                            },
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
                    Rule("checkpoints", ("Prefix", Layout.Checkpoints + "/"), ("ExpirationInDays", DaysOfCheckpoints)),
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

    /// <summary>A rule's target with the queue that keeps undelivered events.</summary>
    public static JsonObject OfTarget(JsonObject target)
    {
        var own = (JsonObject)target.DeepClone();
        own["DeadLetterConfig"] = new JsonObject { ["Arn"] = Template.GetAtt(DeadLetters, "Arn") };
        return own;
    }

    /// <summary>The topic, encrypted if the project has a key.</summary>
    public static JsonObject OfTopic(string name, string? key) =>
        WithKey(new JsonObject { ["TopicName"] = name }, "KmsMasterKeyId", key);

    private static JsonObject Queue(LoopNames names)
    {
        var queue = new JsonObject
        {
            ["QueueName"] = $"{names.Project}-dead-letters",
            // SQS's maximum: a holiday must not lose an event.
            ["MessageRetentionPeriod"] = SecondsOfDeadLetters,
        };
        if (names.Aws.KmsKey is null)
        {
            queue["SqsManagedSseEnabled"] = true;
        }

        return Template.Resource("AWS::SQS::Queue", WithKey(queue, "KmsMasterKeyId", names.Aws.KmsKey));
    }

    /// <summary>The log of a build project, which CodeBuild would keep for ever.</summary>
    private static JsonObject Logs(LoopNames names, string project) =>
        Template.Resource(
            "AWS::Logs::LogGroup",
            WithKey(
                new JsonObject { ["LogGroupName"] = $"/aws/codebuild/{project}", ["RetentionInDays"] = DaysOfLogs },
                "KmsKeyId",
                names.Aws.KmsKey
            )
        );

    private static JsonObject WithKey(JsonObject properties, string member, string? key)
    {
        if (key is not null)
        {
            properties[member] = key;
        }

        return properties;
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

    /// <summary>The policy of the bucket in the same template, which denies plain HTTP.</summary>
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

    /// <summary>An undelivered event is a retraining, a deployment or a measurement that did not start.</summary>
    private static JsonObject DeadLettersAlarm(LoopNames names) =>
        Template.Resource(
            "AWS::CloudWatch::Alarm",
            new JsonObject
            {
                ["AlarmName"] = $"{names.Project}-dead-letters",
                ["AlarmDescription"] =
                    $"Events of {names.Project} could not be delivered: the builds and measurements that they start did not begin.",
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

    /// <summary>The condition that one of the project's rules is the sender.</summary>
    private static JsonObject OfTheRules(LoopNames names) =>
        new() { ["ArnLike"] = new JsonObject { ["aws:SourceArn"] = names.Arn("events", $"rule/{names.Project}-*") } };
}
