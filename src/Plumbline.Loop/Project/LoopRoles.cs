using System.Text.Json.Nodes;

namespace Plumbline.Loop.Project;

/// <summary>One role per actor: who may take it, and what it may do.</summary>
internal static class LoopRoles
{
    public static IEnumerable<LoopResource> Of(LoopNames names) =>
        [
            Role(
                names.BuildRole,
                "codebuild.amazonaws.com",
                ["s3:*", "sagemaker:*", "codecommit:*", "cloudwatch:*", "events:*", "sns:*", "logs:*", "iam:PassRole"]
            ),
            Role(
                names.JobRole,
                "sagemaker.amazonaws.com",
                [
                    "s3:*",
                    "sagemaker:*",
                    "cloudwatch:PutMetricData",
                    "cloudwatch:DescribeAlarms",
                    "events:PutEvents",
                    "logs:*",
                    "iam:PassRole",
                ]
            ),
            Role(
                names.EndpointRole,
                "sagemaker.amazonaws.com",
                ["s3:GetObject", "s3:PutObject", "s3:ListBucket", "logs:*"]
            ),
            Role(
                names.EventsRole,
                "events.amazonaws.com",
                ["codebuild:StartBuild", "sagemaker:StartPipelineExecution", "iam:PassRole"]
            ),
        ];

    private static LoopResource Role(string name, string service, string[] actions) =>
        new(
            ResourceKind.Role,
            name,
            new JsonObject
            {
                ["RoleName"] = name,
                ["AssumeRolePolicyDocument"] = Policy(
                    new JsonObject
                    {
                        ["Effect"] = "Allow",
                        ["Principal"] = new JsonObject { ["Service"] = service },
                        ["Action"] = "sts:AssumeRole",
                    }
                ),
            },
            new JsonObject
            {
                ["RoleName"] = name,
                ["PolicyName"] = "loop",
                ["PolicyDocument"] = Policy(
                    new JsonObject
                    {
                        ["Effect"] = "Allow",
                        ["Action"] = new JsonArray([.. actions.Select(action => JsonValue.Create(action))]),
                        ["Resource"] = "*",
                    }
                ),
            }
        );

    private static string Policy(JsonObject statement) =>
        new JsonObject { ["Version"] = "2012-10-17", ["Statement"] = new JsonArray(statement) }.ToJsonString();
}
