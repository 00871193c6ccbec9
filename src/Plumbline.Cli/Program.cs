using System.CommandLine;
using Plumbline.Cli;
using Plumbline.Cli.Commands;

var root = new RootCommand("Keeps a model in production true to the ground truth.")
{
    UpCommand.Create(),
    EnvCommand.Create(),
};
return await CommandLine.RunAsync(root, args);
