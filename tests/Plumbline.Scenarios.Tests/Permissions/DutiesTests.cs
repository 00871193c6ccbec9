using System.Text.Json.Nodes;
using Plumbline.Aws.Client;
using Plumbline.Aws.Client.Services;
using Plumbline.Aws.Errors;
using Plumbline.Aws.Protocols;
using Plumbline.Aws.Signing;
using Plumbline.Loop.Home;
using Plumbline.Loop.Resources;
using Plumbline.Loop.Training;
using Plumbline.Testing;

namespace Plumbline.Scenarios.Tests.Permissions;

/// <summary>
/// A person who may push code must not be able to decide. Takes the roles of the list in a local cloud, and tries
/// actions that each role must not have.
/// </summary>
public sealed class DutiesTests
{
    private const string Package = "arn:aws:sagemaker:us-east-1:000000000000:model-package/moons/1";

    [ProgramFact("git", "bwrap")]
    public async Task Code_that_is_pushed_can_neither_approve_nor_deploy_nor_register_as_approved()
    {
        await using var running = await RunningLoop.StartAsync();
        var loop = running.Loop;
        await new ResourceApplier(loop).ApplyAsync(
            await TrainingInputs.OfAsync(running.Folder, null, default),
            null,
            default
        );

        // The repository's own commands run with the build role, its training code with the job role.
        foreach (var role in (string[])[loop.Names.BuildRole, loop.Names.JobRole])
        {
            using var connection = await TakeAsync(running, role);
            await ShouldBeRefusedAsync(connection, Approve, Register("Approved"));
            await ShouldBeRefusedAsync(connection, Deploying(loop.Names));
        }

        using var build = await TakeAsync(running, loop.Names.BuildRole);
        await ShouldBeRefusedAsync(
            build,
            ("CreateTrainingJob", Training("ml.m5.xlarge")),
            ("UpdatePipeline", Pipeline(loop.Names, loop.Names.EndpointRole))
        );
        using var job = await TakeAsync(running, loop.Names.JobRole);
        await ShouldBeRefusedAsync(
            job,
            Register("PendingManualApproval"),
            ("CreateTrainingJob", Training("ml.m5.xlarge")),
            ("UpdatePipeline", Pipeline(loop.Names, loop.Names.PipelineRole)),
            ("StartPipelineExecution", new JsonObject { ["PipelineName"] = loop.Names.TrainingPipeline })
        );

        using var pipeline = await TakeAsync(running, loop.Names.PipelineRole);
        await ShouldBeRefusedAsync(
            pipeline,
            Approve,
            Register("Approved"),
            ("CreateTrainingJob", Training("ml.p4d.24xlarge"))
        );
        await ShouldBeRefusedAsync(pipeline, Deploying(loop.Names));
        (await RefusalAsync(pipeline, Register("PendingManualApproval"))).ShouldBeNull();

        // Here a person approves; the deployment only carries the approval out.
        using var deploy = await TakeAsync(running, loop.Names.DeployRole);
        await ShouldBeRefusedAsync(deploy, Approve, Register("PendingManualApproval"));
        (await RefusalAsync(deploy, Deploying(loop.Names)[0])).ShouldNotBe("AccessDeniedException");
    }

    [ProgramFact("git", "bwrap")]
    public async Task A_loop_whose_build_may_hand_over_only_the_role_of_before_trains_on()
    {
        await using var running = await RunningLoop.StartAsync();
        (await running.PlumbAsync("push")).Succeeded();
        await running.EndedAsync(1);
        var (clients, names) = (running.Loop.Clients, running.Loop.Names);
        var role = new JsonObject { ["RoleName"] = names.BuildRole, ["PolicyName"] = "loop" };
        var policy = Uri.UnescapeDataString((await clients.Iam.GetRolePolicyAsync(role)).PolicyDocument);
        policy.ShouldContain(names.RoleArn(names.PipelineRole));
        role["PolicyDocument"] = policy.Replace(
            names.RoleArn(names.PipelineRole),
            names.RoleArn(names.JobRole),
            StringComparison.Ordinal
        );
        await clients.Iam.PutRolePolicyAsync(role);

        await clients.CodeBuild.StartBuildAsync(new JsonObject { ["projectName"] = names.BuildProject });

        (await running.EndedAsync(2))[^1].PipelineExecutionStatus.ShouldBe("Succeeded");
    }

    /// <summary>Takes the keys of a role, like code that runs with the role.</summary>
    private static async Task<AwsConnection> TakeAsync(RunningLoop running, string role)
    {
        var clients = running.Loop.Clients;
        await clients.Iam.UpdateAssumeRolePolicyAsync(
            new JsonObject
            {
                ["RoleName"] = role,
                ["PolicyDocument"] =
                    """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"000000000000"},"Action":"sts:AssumeRole"}}""",
            }
        );
        var taken = await clients.Sts.AssumeRoleAsync(
            new JsonObject { ["RoleArn"] = running.Loop.Names.RoleArn(role), ["RoleSessionName"] = "me" }
        );
        var keys = taken.Credentials;
        return AwsConnection.WithKeys(
            running.Loop.Names.Region,
            new SigningCredentials(keys.AccessKeyId, keys.SecretAccessKey, keys.SessionToken!),
            running.Endpoint
        );
    }

    private static (string Operation, JsonObject Input) Approve =>
        ("UpdateModelPackage", new() { ["ModelPackageArn"] = Package, ["ModelApprovalStatus"] = "Approved" });

    private static (string Operation, JsonObject Input) Register(string status) =>
        (
            "CreateModelPackage",
            new()
            {
                ["ModelPackageGroupName"] = "moons",
                ["ModelApprovalStatus"] = status,
                ["InferenceSpecification"] = new JsonObject
                {
                    ["Containers"] = new JsonArray(
                        new JsonObject
                        {
                            ["Image"] = "000000000000.dkr.ecr.us-east-1.amazonaws.com/plumbline-serving:latest",
                            ["ModelDataUrl"] = "s3://plumbline-moons-000000000000/models/1/output/model.tar.gz",
                        }
                    ),
                    ["SupportedContentTypes"] = new JsonArray("text/csv"),
                    ["SupportedResponseMIMETypes"] = new JsonArray("text/csv"),
                },
            }
        );

    private static (string Operation, JsonObject Input)[] Deploying(LoopNames names) =>
        [
            (
                "CreateModel",
                new()
                {
                    ["ModelName"] = "moons-v1",
                    ["ExecutionRoleArn"] = names.RoleArn(names.EndpointRole),
                    ["PrimaryContainer"] = new JsonObject { ["ModelPackageName"] = Package },
                }
            ),
            ("UpdateEndpoint", new() { ["EndpointName"] = "moons", ["EndpointConfigName"] = "moons-v1-0" }),
            ("CreateEndpoint", new() { ["EndpointName"] = "moons", ["EndpointConfigName"] = "moons-v1-0" }),
            ("DeleteEndpoint", new() { ["EndpointName"] = "moons" }),
        ];

    private static JsonObject Training(string instance) =>
        new()
        {
            ["TrainingJobName"] = "pipelines-mine",
            ["RoleArn"] = "arn:aws:iam::000000000000:role/moons-job",
            ["AlgorithmSpecification"] = new JsonObject { ["TrainingImage"] = "x", ["TrainingInputMode"] = "File" },
            ["OutputDataConfig"] = new JsonObject { ["S3OutputPath"] = "s3://bucket/models" },
            ["ResourceConfig"] = new JsonObject
            {
                ["InstanceType"] = instance,
                ["InstanceCount"] = 1,
                ["VolumeSizeInGB"] = 1,
            },
            ["StoppingCondition"] = new JsonObject { ["MaxRuntimeInSeconds"] = 60 },
        };

    private static JsonObject Pipeline(LoopNames names, string role) =>
        new() { ["PipelineName"] = names.TrainingPipeline, ["RoleArn"] = names.RoleArn(role) };

    private static async Task ShouldBeRefusedAsync(
        AwsConnection connection,
        params (string Operation, JsonObject Input)[] calls
    )
    {
        foreach (var call in calls)
        {
            (await RefusalAsync(connection, call)).ShouldBe("AccessDeniedException", call.Operation);
        }
    }

    /// <summary>The code of the error; null if the call succeeded.</summary>
    private static async Task<string?> RefusalAsync(AwsConnection connection, (string Operation, JsonObject Input) call)
    {
        var client = new SageMakerClient(connection);
        var input = (JsonObject)call.Input.DeepClone();
        try
        {
            await (
                call.Operation switch
                {
                    "UpdateModelPackage" => client.UpdateModelPackageAsync(input),
                    "CreateModelPackage" => client.CreateModelPackageAsync(input),
                    "CreateModel" => client.CreateModelAsync(input),
                    "CreateEndpoint" => client.CreateEndpointAsync(input),
                    "UpdateEndpoint" => client.UpdateEndpointAsync(input),
                    "DeleteEndpoint" => (Task)client.DeleteEndpointAsync(input),
                    "CreateTrainingJob" => client.CreateTrainingJobAsync(input),
                    "UpdatePipeline" => client.UpdatePipelineAsync(input),
                    "StartPipelineExecution" => client.StartPipelineExecutionAsync(input),
                    _ => throw new ArgumentException($"{call.Operation} is not called here.", nameof(call)),
                }
            );
            return null;
        }
        catch (AwsException refusal)
        {
            return refusal.Code;
        }
    }
}
