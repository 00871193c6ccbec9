using Plumbline.Loop.Project;
using Plumbline.Records;
using Plumbline.Testing;

namespace Plumbline.Scenarios.Tests;

/// <summary>The script <c>./plumb</c> in a checkout of another user; a small program replaces the CLI.</summary>
public sealed class ForeignCheckoutTests
{
    private const string Nobody = "65534";

    [RootFact("setpriv", "git", "chown")]
    public async Task A_checkout_of_another_user_is_run_as_it_is_built_or_built_in_a_folder_of_ones_own()
    {
        using var folder = new TemporaryFolder();
        var checkout = await CheckoutAsync(folder);
        var home = Directory.CreateDirectory(folder.At("home")).FullName;
        (await Shell.RunAsync("chown", ["-R", $"{Nobody}:{Nobody}", home])).Succeeded();

        var without = await AsNobodyAsync(checkout, "/nonexistent", "first");
        var copied = await AsNobodyAsync(checkout, home, "second");
        var again = await AsNobodyAsync(checkout, home, "third");
        var program = Path.Combine(checkout, "src/Plumbline.Cli/Program.cs");
        await File.WriteAllTextAsync(program, "System.Console.WriteLine(\"now runs \" + args[0]);");
        File.SetLastWriteTimeUtc(program, new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        var changed = await AsNobodyAsync(checkout, home, "changed");
        Directory.Exists(Path.Combine(checkout, ".plumb")).ShouldBeFalse("nothing is written into the checkout");
        (await Shell.RunAsync("sh", [Path.Combine(checkout, "plumb"), "fourth"]))
            .Succeeded()
            .Trim()
            .ShouldBe("now runs fourth");
        Directory.Delete(home, recursive: true);
        var built = await AsNobodyAsync(checkout, "/nonexistent", "fifth");

        without.ExitCode.ShouldBe(1);
        without.Error.Trim().ShouldStartWith($"plumb: {checkout} belongs to another user, and ");
        without.Error.Trim().Split('\n').Length.ShouldBe(1);
        copied.Succeeded().Trim().ShouldBe("ran second");
        copied.Error.ShouldContain("building a copy in");
        again.Succeeded().Trim().ShouldBe("ran third");
        again.Error.ShouldBe("");
        changed.Succeeded().Trim().ShouldBe("now runs changed");
        built.Succeeded().Trim().ShouldBe("now runs fifth");
        built.Error.ShouldBe("");
    }

    [RootFact("git", "chown")]
    public async Task A_project_of_another_user_is_told_from_one_without_commits()
    {
        using var folder = new TemporaryFolder();
        (await Plumb.RunAsync(folder.Path, folder.At("data"), "new", "moons")).Succeeded();
        var project = folder.At("moons");
        (await Shell.RunAsync("chown", ["-R", $"{Nobody}:{Nobody}", project])).Succeeded();

        var refused = await Should.ThrowAsync<UserError>(() => new WorkTree(project).HeadAsync(default));

        refused.Message.ShouldContain($"git config --global --add safe.directory {project}");
    }

    private static async Task<string> CheckoutAsync(TemporaryFolder folder)
    {
        (await Shell.RunAsync("chmod", ["755", folder.Path])).Succeeded();
        var checkout = folder.At("checkout");
        (string Path, string Text)[] files =
        [
            ("plumb", await File.ReadAllTextAsync(Repository.Path("plumb"))),
            ("global.json", "{}"),
            ("Directory.Build.props", "<Project />"),
            ("samples/sample.txt", ""),
            ("infra/images/image.txt", ""),
            (
                "src/Plumbline.Cli/Plumbline.Cli.csproj",
                """
                <Project Sdk="Microsoft.NET.Sdk">
                  <PropertyGroup>
                    <TargetFramework>net10.0</TargetFramework>
                    <OutputType>Exe</OutputType>
                    <AssemblyName>plumb</AssemblyName>
                    <UseAppHost>false</UseAppHost>
                  </PropertyGroup>
                </Project>
                """
            ),
            ("src/Plumbline.Cli/Program.cs", "System.Console.WriteLine(\"ran \" + args[0]);"),
        ];
        foreach (var (path, text) in files)
        {
            var file = Path.Combine(checkout, path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await File.WriteAllTextAsync(file, text);
        }

        return checkout;
    }

    private static Task<ShellResult> AsNobodyAsync(string checkout, string home, string word) =>
        Shell.RunAsync(
            "setpriv",
            [$"--reuid={Nobody}", $"--regid={Nobody}", "--clear-groups", "sh", Path.Combine(checkout, "plumb"), word],
            new Dictionary<string, string> { ["HOME"] = home, ["XDG_CACHE_HOME"] = "" },
            checkout
        );
}
