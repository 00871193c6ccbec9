using System.CommandLine;
using Plumbline.Aws.Client;
using Plumbline.Cli.Homes;
using Plumbline.LocalCloud.Processes;
using Plumbline.Loop.Training;

namespace Plumbline.Cli.Commands;

/// <summary><c>plumb env</c>: the exports that point every AWS client at the local cloud.</summary>
internal static class EnvCommand
{
    public static Command Create()
    {
        var data = DataFolderOption.Create();
        var role = new Option<string?>("--role")
        {
            Description =
                "Export keys of this role (a name or an ARN; created if missing), for get_execution_role() of the SageMaker SDK",
            HelpName = "ROLE",
        };
        var command = new Command(
            "env",
            "Print the exports that point AWS clients at the local cloud: eval \"$(plumb env)\""
        )
        {
            data,
            role,
        };
        command.SetAction(
            (parsed, cancellationToken) => RunAsync(parsed.GetValue(data)!, parsed.GetValue(role), cancellationToken)
        );
        return command;
    }

    private static async Task<int> RunAsync(DirectoryInfo folder, string? role, CancellationToken cancellationToken)
    {
        var cloud = LocalHome.Read(folder);
        Export("AWS_ENDPOINT_URL", cloud.Endpoint.GetLeftPart(UriPartial.Authority));
        if (role is null)
        {
            Export("AWS_ACCESS_KEY_ID", cloud.AccessKeyId);
            Export("AWS_SECRET_ACCESS_KEY", cloud.SecretAccessKey);
            Console.WriteLine("unset AWS_SESSION_TOKEN;");
        }
        else
        {
            using var connection = AwsConnection.To(cloud);
            var keys = await RoleKeys.OfAsync(connection, role, cancellationToken);
            Export("AWS_ACCESS_KEY_ID", keys.AccessKeyId);
            Export("AWS_SECRET_ACCESS_KEY", keys.SecretAccessKey);
            Export("AWS_SESSION_TOKEN", keys.SessionToken);
        }

        Export("AWS_DEFAULT_REGION", cloud.Region);
        Export("AWS_REGION", cloud.Region);
        Export("AWS_EC2_METADATA_DISABLED", "true");
        Export("PYTHONPATH", PythonPath());
        // An editor finds the library of a project's own C# code by it.
        Export(DotnetProgram.LibraryProperty, DotnetProgram.Library);
        if (!SageMakerSdk.IsPersons(Environment.GetEnvironmentVariable(SageMakerSdk.ConfigVariable)))
        {
            Export(SageMakerSdk.ConfigVariable, SageMakerSdk.ConfigPath(folder.FullName));
        }

        Console.WriteLine("unset AWS_PROFILE;");
        return CommandLine.Ok;
    }

    /// <summary>The shell's new PYTHONPATH; a second call does not add the folder again.</summary>
    private static string PythonPath() =>
        string.Join(
            ':',
            (Environment.GetEnvironmentVariable("PYTHONPATH") ?? "")
                .Split(':', StringSplitOptions.RemoveEmptyEntries)
                .Where(entry => entry != PythonStart.Folder)
                .Prepend(PythonStart.Folder)
        );

    /// <summary>The semicolon is for shells that join the lines, as in <c>eval $(plumb env)</c>.</summary>
    private static void Export(string name, string value) => Console.WriteLine($"export {name}={Quoted(value)};");

    private static string Quoted(string value) =>
        value.All(letter => char.IsAsciiLetterOrDigit(letter) || "/:._-+=@".Contains(letter, StringComparison.Ordinal))
            ? value
            : $"'{value.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
