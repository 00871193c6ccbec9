using System.Text.Json.Nodes;
using Plumbline.Loop.Stack;
using Plumbline.Records.Project;
using Plumbline.Testing;

namespace Plumbline.Loop.Tests.Stack;

/// <summary>A project with its source on GitHub: its stack, and the target of <c>plumb push --home aws</c>.</summary>
public sealed class GitHubSourceTests
{
    private const string Connection =
        "arn:aws:codeconnections:us-east-1:123456789012:connection/aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee";

    private const string Yaml = $$"""
        name: moons
        data: {file: data.csv, label: label}
        labels: [no, yes]
        source: {github: acme/moons, connection: "{{Connection}}"}
        """;

    private static readonly string Moons = LoopTemplate.Of(ProjectDescription.Parse(Yaml));

    [Fact]
    public void A_webhook_starts_the_build_in_place_of_the_rule_of_a_push()
    {
        var resources = JsonNode.Parse(Moons)!["Resources"]!.AsObject();
        resources.ContainsKey("RulePush").ShouldBeFalse();
        var build = resources["BuildProjectBuild"]!["Properties"]!;
        ((string?)build["Source"]!["Location"]).ShouldBe("https://github.com/acme/moons.git");
        ((string?)build["Source"]!["BuildSpec"]).ShouldBe("buildspec.yml");
        ((string?)build["Triggers"]!["FilterGroups"]![0]![1]!["Pattern"]).ShouldBe("^refs/heads/main$");
        var deploy = resources["BuildProjectDeploy"]!["Properties"]!;
        ((string?)deploy["Source"]!["Auth"]!["Resource"]).ShouldBe(Connection);
        deploy["Triggers"].ShouldBeNull();
        resources["RoleBuild"]!["Properties"]!["Policies"]!.ToJsonString().ShouldContain(Connection);
    }

    [ProgramFact("cfn-lint")]
    public async Task Cfn_lint_finds_nothing()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.At("template.json"), Moons);
        (await Shell.RunAsync("cfn-lint", [folder.At("template.json"), "--regions", "us-east-1", "eu-central-1"]))
            .Succeeded()
            .Trim()
            .ShouldBe("");
    }

    [ProgramFact("moto_server")]
    public async Task Push_pushes_there_as_the_person_that_git_knows()
    {
        using var folder = new TemporaryFolder();
        await using var moto = await MotoServer.StartAsync();
        (await Shell.RunAsync(Plumb.Program, ["new", "moons"], moto.Environment, folder.Path)).Succeeded();
        var project = folder.At("moons");
        await File.AppendAllTextAsync(Path.Combine(project, "plumbline.yaml"), Yaml.Split('\n')[^1]);
        (await GitAsync("init", "--bare", "--quiet", folder.At("github"))).Succeeded();
        (await GitAsync("add", "--all")).Succeeded();
        (
            await GitAsync("-c", "user.name=ann", "-c", "user.email=ann@example.org", "commit", "-qm", "GitHub")
        ).Succeeded();

        // Git's configuration maps GitHub to a folder.
        var environment = moto.Environment;
        environment["GIT_CONFIG_COUNT"] = "1";
        environment["GIT_CONFIG_KEY_0"] = $"url.{folder.At("github")}.insteadOf";
        environment["GIT_CONFIG_VALUE_0"] = "https://github.com/acme/moons.git";
        string[] push = ["push", "--home", "aws", "--no-wait"];
        (await Shell.RunAsync(Plumb.Program, push, environment, project)).Succeeded().ShouldContain("Pushed");

        var head = (await GitAsync("rev-parse", "HEAD")).Succeeded();
        (await GitAsync("--git-dir", folder.At("github"), "rev-parse", "refs/heads/main")).Succeeded().ShouldBe(head);
        (await Shell.RunAsync(Plumb.Program, push, environment, project))
            .Succeeded()
            .ShouldContain("is already pushed");

        Task<ShellResult> GitAsync(params string[] arguments) =>
            Shell.RunAsync("git", arguments, moto.Environment, project);
    }
}
