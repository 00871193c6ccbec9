using System.CommandLine;
using Plumbline.Loop.Deployment;

namespace Plumbline.Cli.Commands;

/// <summary><c>plumb deploy</c>: makes production match a version's status; the deploy build calls it.</summary>
internal static class DeployCommand
{
    public static Command Create()
    {
        var package = new Option<string>("--package")
        {
            Description = "The version's ARN",
            HelpName = "ARN",
            Required = true,
        };
        return LoopCommand.Create(
            "deploy",
            "Make production match a version's status in the registry (run by the deploy build)",
            async (loop, parsed, cancellationToken) =>
            {
                var deployer = new Deployer(loop, TimeProvider.System);
                var result = await deployer.ReconcileAsync(parsed.GetValue(package)!, cancellationToken);
                Console.WriteLine($"{result.Outcome}: {result.Detail}");
                return result.Succeeded ? CommandLine.Ok : CommandLine.Failed;
            },
            package
        );
    }
}
