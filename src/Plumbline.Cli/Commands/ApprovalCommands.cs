using System.CommandLine;
using Plumbline.Loop.Approval;

namespace Plumbline.Cli.Commands;

/// <summary><c>plumb approve</c> and <c>plumb reject</c>: a person's decision about a version.</summary>
internal static class ApprovalCommands
{
    public static Command Approve() => Create("approve", "Approve a version: its deployment starts", approve: true);

    public static Command Reject() =>
        Create("reject", "Reject a version; if it is live, the one before comes back", approve: false);

    private static Command Create(string name, string description, bool approve)
    {
        var version = new Argument<long>("VERSION") { Description = "The version's number (see `plumb models`)" };
        var reason = new Option<string>("--reason")
        {
            Description = "Why; kept with who and when",
            HelpName = "TEXT",
            Required = true,
        };
        return LoopCommand.Create(
            name,
            description,
            async (loop, parsed, cancellationToken) =>
            {
                var approvals = new Approvals(loop);
                var (number, why) = (parsed.GetValue(version), parsed.GetValue(reason)!);
                var decided = approve
                    ? await approvals.ApproveAsync(number, why, cancellationToken: cancellationToken)
                    : await approvals.RejectAsync(number, why, cancellationToken: cancellationToken);
                Console.WriteLine($"Version {decided.Version} is {decided.Status}.");
                return CommandLine.Ok;
            },
            version,
            reason
        );
    }
}
