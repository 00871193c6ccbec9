using Plumbline.Cli.Homes;
using Plumbline.LocalCloud;
using Plumbline.Testing;

namespace Plumbline.Cli.Tests;

/// <summary><c>plumb env</c>, evaluated in a shell.</summary>
[Collection("commands")]
public sealed class EnvTests
{
    // Like the SageMaker SDK, this calls an explicit address.
    private const string WhoAmI =
        "import boto3; print(boto3.client('sts', endpoint_url='https://sts.us-east-1.amazonaws.com').get_caller_identity()['Arn'])";

    private const string ListBuckets = "import boto3; print(len(boto3.client('s3').list_buckets()['Buckets']))";

    [ProgramAndPythonFact("boto3", "bash")]
    public async Task A_program_that_names_AWSs_own_STS_asks_the_local_cloud()
    {
        using var folder = new TemporaryFolder();
        await using var cloud = await CloudProcess.StartAsync(folder.At("data"));

        (await InShellAsync(folder, $"eval \"$({Env(folder)})\"; python3 -c \"{WhoAmI}\"")).ShouldBe(
            "arn:aws:iam::000000000000:root"
        );
        (await InShellAsync(folder, $"eval $({Env(folder)} --role ml/trainer); python3 -c \"{WhoAmI}\"")).ShouldBe(
            "arn:aws:sts::000000000000:assumed-role/trainer/SageMaker"
        );
        (await InShellAsync(folder, $"eval $({Env(folder)} --role ml/trainer); python3 -c \"{ListBuckets}\"")).ShouldBe(
            "0"
        );
        // A second evaluation changes nothing, and a person's own SDK configuration stays.
        const string Show = "echo $PYTHONPATH $SAGEMAKER_USER_CONFIG_OVERRIDE";
        var once = await InShellAsync(folder, $"eval \"$({Env(folder)})\"; {Show}");
        (await InShellAsync(folder, $"eval \"$({Env(folder)})\"; eval \"$({Env(folder)})\"; {Show}")).ShouldBe(once);
        once.ShouldEndWith(folder.At("data", "sagemaker-config.yaml"));
        (await File.ReadAllTextAsync(folder.At("data", "sagemaker-config.yaml"))).ShouldContain("DefaultS3Bucket: ");
        (
            await InShellAsync(
                folder,
                $"export SAGEMAKER_USER_CONFIG_OVERRIDE=s3://mine/c.yaml; eval \"$({Env(folder)})\"; {Show}"
            )
        ).ShouldEndWith(" s3://mine/c.yaml");
    }

    [Fact]
    public async Task The_SDKs_configuration_names_its_default_bucket_and_stays_as_a_person_changed_it()
    {
        using var folder = new TemporaryFolder();
        var file = SageMakerSdk.ConfigPath(folder.Path);

        SageMakerSdk.WriteConfig(folder.Path);
        var written = await File.ReadAllTextAsync(file);
        await File.WriteAllTextAsync(file, "SchemaVersion: '1.0'\n");
        SageMakerSdk.WriteConfig(folder.Path);

        // The keys are the SDK's, and the bucket has the SDK's default name.
        written.ShouldEndWith(
            $"""

            SchemaVersion: "1.0"
            SageMaker:
              PythonSDK:
                Modules:
                  Session:
                    DefaultS3Bucket: sagemaker-{LocalCloudIdentity.Region}-{LocalCloudIdentity.Account}

            """
        );
        (await File.ReadAllTextAsync(file)).ShouldBe("SchemaVersion: '1.0'\n");
    }

    private static string Env(TemporaryFolder folder) => $"{Plumb.Program} env --data {folder.At("data")}";

    private static async Task<string> InShellAsync(TemporaryFolder folder, string script) =>
        (await Shell.RunAsync("bash", ["-c", script], folder: folder.Path)).Succeeded().Trim();
}
