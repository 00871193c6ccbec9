using System.Xml.Linq;
using Plumbline.Testing;

namespace Plumbline.Scenarios.Tests.House;

/// <summary>
/// References between projects must have one direction, and the loop and the local cloud must not know each other.
/// </summary>
public sealed class ProjectTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Plumbline.Aws"] = [],
        ["Plumbline.Aws.Client"] = ["Plumbline.Aws"],
        ["Plumbline.Client"] = [],
        ["Plumbline.LocalCloud"] = ["Plumbline.Aws"],
        ["Plumbline.Pipelines"] = ["Plumbline.Aws"],
        ["Plumbline.Tables"] = [],
        ["Plumbline.Records"] = ["Plumbline.Aws", "Plumbline.Tables"],
        ["Plumbline.Training"] = [],
        ["Plumbline.XGBoost"] = ["Plumbline.Tables"],
        ["Plumbline.Backtest"] = ["Plumbline.Jobs", "Plumbline.Records", "Plumbline.XGBoost"],
        ["Plumbline.Serving"] = ["Plumbline.XGBoost"],
        ["Plumbline.Jobs"] = ["Plumbline.Aws", "Plumbline.Aws.Client", "Plumbline.Records", "Plumbline.XGBoost"],
        ["Plumbline.Loop"] = ["Plumbline.Aws", "Plumbline.Aws.Client", "Plumbline.Pipelines", "Plumbline.Records"],
        ["Plumbline.Console"] = ["Plumbline.Loop"],
        ["Plumbline.Cli"] = ["Plumbline.Backtest", "Plumbline.Console", "Plumbline.LocalCloud", "Plumbline.Loop"],
    };

    [Fact]
    public void The_arrows_between_the_projects_are_those_of_the_design()
    {
        foreach (var file in Directory.GetFiles(Repository.Path("src"), "*.csproj", SearchOption.AllDirectories))
        {
            var project = Path.GetFileNameWithoutExtension(file);
            Allowed.ShouldContainKey(project);
            References(file).Except(Allowed[project]).ShouldBeEmpty($"{project} must not see these");
        }
    }

    [Fact]
    public void The_loop_and_the_local_cloud_never_see_each_other()
    {
        Reachable("Plumbline.Loop").ShouldNotContain("Plumbline.LocalCloud");
        Reachable("Plumbline.LocalCloud").ShouldNotContain("Plumbline.Loop");
        Reachable("Plumbline.Console").ShouldNotContain("Plumbline.LocalCloud");
        Reachable("Plumbline.Jobs").ShouldNotContain("Plumbline.LocalCloud");
        Reachable("Plumbline.Jobs").ShouldNotContain("Plumbline.Loop");
        Reachable("Plumbline.Serving").ShouldBe(["Plumbline.XGBoost", "Plumbline.Tables"]);
    }

    private static HashSet<string> Reachable(string project)
    {
        var reached = new HashSet<string>();
        var next = new Queue<string>([project]);
        while (next.TryDequeue(out var one))
        {
            foreach (var reference in References(Repository.Path("src", one, one + ".csproj")).Where(reached.Add))
            {
                next.Enqueue(reference);
            }
        }

        return reached;
    }

    /// <summary>
    /// The projects that a project compiles with, without those that are only built for its output folder.
    /// </summary>
    private static IEnumerable<string> References(string file) =>
        XDocument
            .Load(file)
            .Descendants("ProjectReference")
            .Where(reference => (string?)reference.Attribute("ReferenceOutputAssembly") != "false")
            .Select(reference => Path.GetFileNameWithoutExtension((string)reference.Attribute("Include")!));
}
