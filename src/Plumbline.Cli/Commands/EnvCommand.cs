using System.CommandLine;
using Plumbline.Cli.Homes;

namespace Plumbline.Cli.Commands;

/// <summary><c>plumb env</c>: the exports that point every AWS client at the local cloud.</summary>
internal static class EnvCommand
{
    public static Command Create()
    {
        var data = DataFolderOption.Create();
        var command = new Command(
            "env",
            "Print the exports that point AWS clients at the local cloud: eval $(plumb env)"
        )
        {
            data,
        };
        command.SetAction(parsed =>
        {
            var cloud = CloudFile.Read(parsed.GetValue(data)!);
            Console.WriteLine($"export AWS_ENDPOINT_URL={cloud.Endpoint.GetLeftPart(UriPartial.Authority)}");
            Console.WriteLine($"export AWS_ACCESS_KEY_ID={cloud.AccessKeyId}");
            Console.WriteLine($"export AWS_SECRET_ACCESS_KEY={cloud.SecretAccessKey}");
            Console.WriteLine($"export AWS_DEFAULT_REGION={cloud.Region}");
            Console.WriteLine($"export AWS_REGION={cloud.Region}");
            Console.WriteLine("export AWS_EC2_METADATA_DISABLED=true");
            Console.WriteLine("unset AWS_PROFILE AWS_SESSION_TOKEN");
        });
        return command;
    }
}
