using Plumbline.Cli;

return await CommandLine.RunAsync(CommandLine.Root(), args);
