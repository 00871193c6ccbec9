using Plumbline.LocalCloud.Services.Iam.Policies;

namespace Plumbline.LocalCloud.Services.Iam.ManagedPolicies;

/// <summary>
/// The AWS policies that public code attaches most, limited to the services that are here. Every other AWS policy
/// allows nothing.
/// </summary>
internal static class AwsPolicies
{
    private const string Prefix = "arn:aws:iam::aws:policy/";

    /// <summary>
    /// After AWS's reference of managed policies: SageMaker's own actions, and those of services it works with.
    /// </summary>
    private const string SageMaker = """
        {"Effect":"Allow","Action":"sagemaker:*","Resource":"*"},
        {"Effect":"Allow","Action":["cloudwatch:DeleteAlarms","cloudwatch:DescribeAlarms","cloudwatch:GetMetricData",
        "cloudwatch:GetMetricStatistics","cloudwatch:ListMetrics","cloudwatch:PutMetricAlarm","cloudwatch:PutMetricData",
        "codecommit:BatchGetRepositories","codecommit:CreateRepository","codecommit:GetRepository","codecommit:List*",
        "ecr:BatchCheckLayerAvailability","ecr:BatchGetImage","ecr:CreateRepository","ecr:Describe*",
        "ecr:GetAuthorizationToken","ecr:GetDownloadUrlForLayer","ecr:StartImageScan","iam:ListRoles","logs:CreateLogDelivery",
        "logs:CreateLogGroup","logs:CreateLogStream","logs:DeleteLogDelivery","logs:Describe*","logs:GetLogDelivery",
        "logs:GetLogEvents","logs:ListLogDeliveries","logs:PutLogEvents","logs:PutResourcePolicy","logs:UpdateLogDelivery",
        "sns:ListTopics"],"Resource":"*"},
        {"Effect":"Allow","Action":["codecommit:GitPull","codecommit:GitPush"],"Resource":["arn:aws:codecommit:*:*:*sagemaker*",
        "arn:aws:codecommit:*:*:*SageMaker*","arn:aws:codecommit:*:*:*Sagemaker*"]},
        {"Effect":"Allow","Action":["codebuild:BatchGetBuilds","codebuild:StartBuild"],
        "Resource":["arn:aws:codebuild:*:*:project/sagemaker*","arn:aws:codebuild:*:*:build/*"]},
        {"Effect":"Allow","Action":["s3:GetObject","s3:PutObject","s3:DeleteObject","s3:AbortMultipartUpload"],
        "Resource":["arn:aws:s3:::*SageMaker*","arn:aws:s3:::*Sagemaker*","arn:aws:s3:::*sagemaker*","arn:aws:s3:::*aws-glue*"]},
        {"Effect":"Allow","Action":["s3:CreateBucket","s3:GetBucketLocation","s3:ListBucket","s3:ListAllMyBuckets",
        "s3:GetBucketCors","s3:PutBucketCors"],"Resource":"*"},
        {"Effect":"Allow","Action":["sns:Subscribe","sns:CreateTopic"],"Resource":["arn:aws:sns:*:*:*SageMaker*",
        "arn:aws:sns:*:*:*Sagemaker*","arn:aws:sns:*:*:*sagemaker*"]},
        {"Effect":"Allow","Action":"iam:PassRole","Resource":"arn:aws:iam::*:role/*",
        "Condition":{"StringEquals":{"iam:PassedToService":["sagemaker.amazonaws.com","glue.amazonaws.com",
        "robomaker.amazonaws.com","states.amazonaws.com"]}}}
        """;

    private static readonly Dictionary<string, string> Statements = new()
    {
        ["AdministratorAccess"] = Allow("*"),
        ["PowerUserAccess"] = """
            {"Effect":"Allow","NotAction":["iam:*","organizations:*","account:*"],"Resource":"*"},
            {"Effect":"Allow","Action":["iam:ListRoles"],"Resource":"*"}
            """,
        ["IAMFullAccess"] = Allow("iam:*"),
        ["AmazonS3FullAccess"] = Allow("s3:*"),
        ["AmazonS3ReadOnlyAccess"] = Allow("s3:Get*", "s3:List*", "s3:Describe*"),
        ["AmazonSageMakerFullAccess"] = SageMaker,
        ["CloudWatchFullAccess"] = Allow("cloudwatch:*", "logs:*", "sns:*"),
        ["CloudWatchReadOnlyAccess"] = Allow(
            "cloudwatch:Describe*",
            "cloudwatch:Get*",
            "cloudwatch:List*",
            "logs:Get*",
            "logs:List*",
            "logs:Describe*",
            "logs:FilterLogEvents",
            "sns:Get*",
            "sns:List*"
        ),
        ["CloudWatchLogsFullAccess"] = Allow("logs:*"),
        ["AmazonSNSFullAccess"] = Allow("sns:*"),
        ["AmazonEventBridgeFullAccess"] = Allow("events:*"),
        ["AWSCodeCommitFullAccess"] = Allow("codecommit:*"),
        ["AWSCodeBuildAdminAccess"] = Allow(
            "codebuild:*",
            "logs:GetLogEvents",
            "s3:GetBucketLocation",
            "s3:ListAllMyBuckets"
        ),
    };

    private static readonly Dictionary<string, string> Documents = Statements.ToDictionary(
        one => Prefix + one.Key,
        one => $$"""{"Version":"2012-10-17","Statement":[{{one.Value}}]}"""
    );

    /// <summary>The ARNs of the known policies.</summary>
    public static IEnumerable<string> Arns => Documents.Keys;

    /// <summary>True for the ARN of an AWS policy, known or not.</summary>
    public static bool IsOne(string arn) => arn.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>Returns the document of an AWS policy; null if it is unknown.</summary>
    public static string? Document(string arn) => Documents.GetValueOrDefault(arn);

    private static string Allow(params string[] actions) =>
        $$"""{"Effect":"Allow","Action":[{{string.Join(',', actions.Select(action => $"\"{action}\""))}}],"Resource":"*"}""";
}
