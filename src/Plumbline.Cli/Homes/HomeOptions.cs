using System.CommandLine;
using Plumbline.Aws.Client;
using Plumbline.Aws.Formats;
using Plumbline.Loop.Home;
using Plumbline.Loop.Project;
using Plumbline.Records.Project;

namespace Plumbline.Cli.Homes;

/// <summary>
/// The options of every command that talks to a cloud, and the connection that follows from them. The local cloud is
/// the default and never falls back to AWS. Inside a build, the build's environment names the cloud.
/// </summary>
internal sealed class HomeOptions
{
    private const string Local = "local";
    private const string OnAws = "aws";

    private readonly Option<DirectoryInfo> data = DataFolderOption.Create();
    private readonly Option<string> home = HomeOption();
    private readonly Option<DirectoryInfo> project = ProjectOption();

    /// <summary>A new <c>--home</c> option, for a command whose <c>--data</c> is something else.</summary>
    public static Option<string> HomeOption()
    {
        var home = new Option<string>("--home")
        {
            Description =
                "The cloud of the loop: local, or aws (with the keys and region of the environment or ~/.aws)",
            DefaultValueFactory = _ => Local,
            HelpName = "local|aws",
        };
        return home.AcceptOnlyFromAmong(Local, OnAws);
    }

    /// <summary>A new <c>--project</c> option: each command needs its own.</summary>
    public static Option<DirectoryInfo> ProjectOption() =>
        new("--project", "-C")
        {
            Description = "The model project's folder, or one below it",
            DefaultValueFactory = _ => new DirectoryInfo(Environment.CurrentDirectory),
            HelpName = "DIR",
        };

    public void AddTo(Command command)
    {
        AddCloudTo(command);
        command.Options.Add(project);
    }

    /// <summary>Adds only the options that choose a cloud, for a command that is not about one project.</summary>
    public void AddCloudTo(Command command)
    {
        command.Options.Add(data);
        command.Options.Add(home);
    }

    /// <summary>The data folder; a console keeps its users there in either home.</summary>
    public DirectoryInfo DataFolder(ParseResult parsed) => parsed.GetValue(data)!;

    public Task<ProjectFolder> ProjectAsync(ParseResult parsed, CancellationToken cancellationToken) =>
        ProjectAsync(parsed, project, cancellationToken);

    /// <summary>The project of an option that <see cref="ProjectOption"/> made.</summary>
    public static Task<ProjectFolder> ProjectAsync(
        ParseResult parsed,
        Option<DirectoryInfo> project,
        CancellationToken cancellationToken
    ) => ProjectFolder.OpenAsync(parsed.GetValue(project)!.FullName, cancellationToken);

    /// <summary>A project's loop on AWS; first writes the account and the region to stderr.</summary>
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

    /// <summary>The project's loop in the cloud of <c>--home</c>.</summary>
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

    /// <summary>True if the command has <c>--home aws</c>.</summary>
    public static bool IsAws(ParseResult parsed) =>
        parsed.CommandResult.Command.Options.OfType<Option<string>>().FirstOrDefault(option => option.Name == "--home")
            is { } option
        && parsed.GetValue(option) == OnAws;

    /// <summary>Git's credential helper for the cloud of a command: this program with the same options.</summary>
    public static string GitCredentialHelper(ParseResult parsed)
    {
        var options = parsed.CommandResult.Command.Options;
        var home = (Option<string>)options.First(option => option.Name == "--home");
        var program = Path.Combine(AppContext.BaseDirectory, "plumb");
        return $"!'{program}' git-credential --home {parsed.GetValue(home)} --data '{parsed.GetValue(DataOption(parsed))!.FullName}'";
    }

    /// <summary>
    /// The local cloud of the command; null on AWS, and inside a build, which has the cloud's variables.
    /// </summary>
    public static CloudFile? LocalCloud(ParseResult parsed) =>
        IsAws(parsed) || Environment.GetEnvironmentVariable("CODEBUILD_BUILD_ID") is { Length: > 0 }
            ? null
            : LocalHome.Read(parsed.GetValue(DataOption(parsed))!);

    private static Option<DirectoryInfo> DataOption(ParseResult parsed) =>
        (Option<DirectoryInfo>)parsed.CommandResult.Command.Options.First(option => option.Name == "--data");

    /// <summary>A connection to AWS, or to the local cloud of the usual data folder.</summary>
    public static AwsConnection ConnectUsual(ParseResult parsed) =>
        IsAws(parsed) ? AwsConnection.FromEnvironment() : AwsConnection.To(LocalHome.Read(DataFolderOption.Usual()));

    /// <summary>A connection to the cloud of the command.</summary>
    public AwsConnection Connect(ParseResult parsed) =>
        LocalCloud(parsed) is { } cloud ? AwsConnection.To(cloud) : AwsConnection.FromEnvironment();
}
