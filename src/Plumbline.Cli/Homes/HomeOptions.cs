using System.CommandLine;
using Plumbline.Aws.Client;
using Plumbline.Aws.Protocols;
using Plumbline.Loop;
using Plumbline.Loop.Project;
using Plumbline.Records;
using Plumbline.Records.Project;

namespace Plumbline.Cli.Homes;

/// <summary>
/// The options of every command that talks to a cloud, and the connection that follows from them. The local cloud is the
/// default and nothing falls back to AWS from it; inside a build the build's own environment says where it is.
/// </summary>
internal sealed class HomeOptions
{
    private const string Local = "local";
    private const string OnAws = "aws";

    private readonly Option<DirectoryInfo> data = DataFolderOption.Create();
    private readonly Option<string> home = new("--home")
    {
        Description = "Where the loop is: local, or aws (as the environment and ~/.aws describe it)",
        DefaultValueFactory = _ => Local,
        HelpName = "local|aws",
    };
    private readonly Option<DirectoryInfo> project = ProjectOption();

    public HomeOptions() => home.AcceptOnlyFromAmong(Local, OnAws);

    /// <summary>The option that names the project.</summary>
    public static Option<DirectoryInfo> ProjectOption() =>
        new("--project", "-C")
        {
            Description = "The model project's folder, or one below it",
            DefaultValueFactory = _ => new DirectoryInfo(Environment.CurrentDirectory),
            HelpName = "DIR",
        };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        AddCloudTo(command);
        command.Options.Add(project);
    }

    /// <summary>Adds those of a command that is about a cloud and no one project.</summary>
    public void AddCloudTo(Command command)
    {
        command.Options.Add(data);
        command.Options.Add(home);
    }

    /// <summary>The data folder, which a console has in either home.</summary>
    public DirectoryInfo DataFolder(ParseResult parsed) => parsed.GetValue(data)!;

    /// <summary>The project that the command is about.</summary>
    public Task<ProjectFolder> ProjectAsync(ParseResult parsed, CancellationToken cancellationToken) =>
        ProjectAsync(parsed, project, cancellationToken);

    /// <summary>The project that an option of <see cref="ProjectOption"/> names.</summary>
    public static Task<ProjectFolder> ProjectAsync(
        ParseResult parsed,
        Option<DirectoryInfo> project,
        CancellationToken cancellationToken
    ) => ProjectFolder.OpenAsync(parsed.GetValue(project)!.FullName, cancellationToken);

    /// <summary>A project's loop on AWS, after it was said which account that is.</summary>
    public static async Task<LoopContext> OnAwsAsync(
        ProjectDescription description,
        LoopClients clients,
        CancellationToken cancellationToken
    )
    {
        var loop = await LoopContext.CreateAsync(description, clients, cancellationToken);
        await Console.Error.WriteLineAsync($"account {loop.Names.Account}, region {loop.Names.Region}");
        return loop;
    }

    /// <summary>The project's loop in its home.</summary>
    public async Task<LoopContext> LoopAsync(
        ProjectDescription description,
        ParseResult parsed,
        CancellationToken cancellationToken
    )
    {
        var clients = new LoopClients(Connect(parsed));
        return parsed.GetValue(home) == OnAws
            ? await OnAwsAsync(description, clients, cancellationToken)
            : await LoopContext.CreateAsync(description, clients, cancellationToken);
    }

    /// <summary>True where the command is about AWS.</summary>
    public static bool IsAws(ParseResult parsed) =>
        parsed.CommandResult.Command.Options.OfType<Option<string>>().FirstOrDefault(option => option.Name == "--home")
            is { } option
        && parsed.GetValue(option) == OnAws;

    /// <summary>Git's credential helper for the home of a command: this program, called with the same options.</summary>
    public static string GitCredentialHelper(ParseResult parsed)
    {
        var options = parsed.CommandResult.Command.Options;
        var home = (Option<string>)options.First(option => option.Name == "--home");
        var program = Path.Combine(AppContext.BaseDirectory, "plumb");
        return $"!'{program}' git-credential --home {parsed.GetValue(home)} --data '{parsed.GetValue(DataOption(parsed))!.FullName}'";
    }

    /// <summary>The local cloud that the command is about; null on AWS, and inside a build, which its environment leads.</summary>
    public static CloudFile? LocalCloud(ParseResult parsed) =>
        IsAws(parsed) || Environment.GetEnvironmentVariable("CODEBUILD_BUILD_ID") is { Length: > 0 }
            ? null
            : CloudFile.Read(parsed.GetValue(DataOption(parsed))!);

    private static Option<DirectoryInfo> DataOption(ParseResult parsed) =>
        (Option<DirectoryInfo>)parsed.CommandResult.Command.Options.First(option => option.Name == "--data");

    /// <summary>The connection to the home.</summary>
    public AwsConnection Connect(ParseResult parsed) =>
        LocalCloud(parsed) is { } cloud ? cloud.Connect() : AwsConnection.FromEnvironment();
}
