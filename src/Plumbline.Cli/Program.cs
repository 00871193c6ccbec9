using System.CommandLine;
using Plumbline.Cli;
using Plumbline.Cli.Commands;
using Plumbline.Cli.Demo;

var root = new RootCommand(
    "Trains, deploys, monitors and retrains a model on Amazon SageMaker, or in a local cloud on this machine."
)
{
    UpCommand.Create(),
    EnvCommand.Create(),
    NewCommand.Create(),
    ValidateCommand.Create(),
    CheckCommand.Create(),
    CostCommand.Create(),
    PushCommand.Create(),
    PullCommand.Create(),
    CloneCommand.Create(),
    StatusCommand.Create(),
    RetrainCommand.Create(),
    ExecutionCommands.Executions(),
    ExecutionCommands.Steps(),
    LogsCommand.Create(),
    ModelsCommand.Create(),
    ApprovalCommands.Approve(),
    ApprovalCommands.Reject(),
    ApprovalCommands.Rollback(),
    DecideCommand.Create(),
    DeployCommand.Create(),
    EndpointCommands.Endpoint(),
    EndpointCommands.Invoke(),
    ReviewCommands.Predictions(),
    ReviewCommands.Correct(),
    MonitorCommands.Create(),
    HistoryCommand.Create(),
    ScrubCommand.Create(),
    ConsoleCommand.Create(),
    UserCommand.Create(),
    AwsCommand.Create(),
    DemoCommand.Create(),
    GitCredentialCommand.Create(),
};
return await CommandLine.RunAsync(root, args);
