using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;
using Plumbline.LocalCloud.Tests.SageMaker.Jobs;
using Plumbline.Testing;

namespace Plumbline.LocalCloud.Tests.Iam;

/// <summary>A training script with the same keys that jobs get.</summary>
[Collection("processes")]
public sealed class JobRightsTests(JobCloud cloud) : IClassFixture<JobCloud>
{
    private const string Group = "guarded";

    private readonly Roles roles = new(cloud.CallAsync);

    private const string Attempts = """
        import boto3, botocore, os
        def refused(what, call):
            try:
                call()
                print(what, 'DONE')
            except botocore.exceptions.ClientError as error:
                print(what, error.response['Error']['Code'])
        make = lambda service: boto3.client(service)
        package = 'arn:aws:sagemaker:us-east-1:000000000000:model-package/guarded/1'
        refused('approve', lambda: make('sagemaker').update_model_package(ModelPackageArn=package, ModelApprovalStatus='Approved'))
        refused('truth', lambda: make('s3').get_object(Bucket='job-tests', Key='truth/labels'))
        refused('delete', lambda: make('s3').delete_object(Bucket='job-tests', Key='truth/labels'))
        refused('role', lambda: make('iam').create_role(RoleName='mine', AssumeRolePolicyDocument='{}'))
        refused('own', lambda: make('s3').put_object(Bucket='job-tests', Key='own/notes', Body=b'n'))
        """;

    [PythonFact("boto3")]
    public async Task A_training_script_does_what_its_role_may_and_cannot_approve_its_model()
    {
        await roles.PutAsync(
            "digits-job",
            """
            {"Effect":"Allow","Action":"s3:PutObject","Resource":"arn:aws:s3:::job-tests/own/*"},
            {"Effect":"Allow","Action":"s3:ListBucket","Resource":"arn:aws:s3:::job-tests"},
            {"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::job-tests/attempts/*"},
            {"Effect":"Allow","Action":"ecr:*","Resource":"*"},
            {"Effect":"Allow","Action":["logs:CreateLogGroup","logs:CreateLogStream","logs:PutLogEvents"],"Resource":"*"}
            """
        );
        await cloud.PutAsync("truth/labels", "1");
        await cloud.SageMakerAsync("CreateModelPackageGroup", new { ModelPackageGroupName = Group });
        await cloud.SageMakerAsync(
            "CreateModelPackage",
            new { ModelPackageGroupName = Group, ModelApprovalStatus = "PendingManualApproval" }
        );
        await cloud.PutAsync("attempts/attempts.py", Attempts);

        var job = await cloud.TrainAsync(
            JobCloud.Training(
                "attempts",
                "python3 /opt/ml/input/data/code/attempts.py",
                request => request["InputDataConfig"] = new JsonArray(JobCloud.Channel("code", "attempts"))
            )
        );

        job.Text("TrainingJobStatus").ShouldBe("Completed", job.ToJsonString());
        (await cloud.TrainingLogAsync("attempts")).ShouldBe([
            "approve AccessDeniedException",
            "truth AccessDenied",
            "delete AccessDenied",
            "role AccessDenied",
            "own DONE",
        ]);
        (await cloud.SageMakerAsync("DescribeModelPackage", new { ModelPackageName = $"{PackageArn}" }))
            .Text("ModelApprovalStatus")
            .ShouldBe("PendingManualApproval");
        (await cloud.GetAsync("truth/labels")).ShouldBe("1"u8.ToArray());
    }

    private static string PackageArn => $"arn:aws:sagemaker:us-east-1:000000000000:model-package/{Group}/1";
}
