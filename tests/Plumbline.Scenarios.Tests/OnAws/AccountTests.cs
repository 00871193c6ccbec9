using Plumbline.Aws.Client;
using Plumbline.Loop.Home;
using Plumbline.Loop.Project;
using Plumbline.Loop.Registry;
using Plumbline.Testing;
using Xunit.Abstractions;

namespace Plumbline.Scenarios.Tests.OnAws;

/// <summary>
/// The loop of <see cref="StrictTests"/> in a real AWS account, with cheap instances and its own name. It costs money:
/// docs/aws.md explains how to start it, and it prints the prices first. At the end it deletes everything that it made.
/// </summary>
public sealed class AccountTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(45);

    [AccountFact]
    public async Task Two_moons_go_round_the_loop_on_an_account()
    {
        using var folder = new TemporaryFolder();
        var name = $"plumb-test-{Guid.NewGuid():N}"[..20];
        (await Shell.RunAsync(Plumb.Program, ["new", name], folder: folder.Path)).Succeeded();
        var project = folder.At(name);
        var yaml = Path.Combine(project, "plumbline.yaml");
        await File.WriteAllTextAsync(yaml, Cheaply(await File.ReadAllTextAsync(yaml)));
        await File.WriteAllTextAsync(Path.Combine(project, "data.csv"), Regions.BaseData());
        await new WorkTree(project).CommitAllAsync("As the test wants it", CancellationToken.None);
        output.WriteLine((await PlumbAsync("cost")).Succeeded());

        using var clients = new LoopClients(AwsConnection.FromEnvironment());
        var opened = await ProjectFolder.OpenAsync(project);
        var loop = await LoopContext.CreateAsync(opened.Description, clients, CancellationToken.None);
        var round = new LoopRound(loop, arguments => PlumbAsync([.. arguments, "--home", "aws"]), Patience);
        try
        {
            (await PlumbAsync("aws", "deploy", "--yes")).Succeeded().ShouldContain("Ready");
            var traffic = new LabelledTraffic(loop);
            await round.GoAsync(async () =>
            {
                await traffic.SendAsync("drifted", Regions.RowsOf(1, seed: 2), Regions.LabelsOf(1), Patience);
                return await round.MeasureAsync();
            });
            (await PlumbAsync("aws", "destroy", "--yes")).Succeeded();
            (await PlumbAsync("aws", "deploy", "--yes")).Succeeded().ShouldContain("Ready");
            (await PlumbAsync("rollback", "--reason", "the stack was made again", "--home", "aws")).Succeeded();
            await round.LiveIsAsync(1);
        }
        finally
        {
            output.WriteLine((await PlumbAsync("aws", "destroy", "--yes")).Output);
            await new AccountLeftovers(loop).DeleteAsync();
            (await new ProductionModel(loop).FindAsync()).ShouldBeNull();
        }

        Task<ShellResult> PlumbAsync(params IEnumerable<string> arguments) =>
            Shell.RunAsync(Plumb.Program, arguments, folder: project);
    }

    private static string Cheaply(string yaml) =>
        Regions.Quickly(yaml).Replace("endpoint:\n", "endpoint:\n  instance: ml.t2.medium\n", StringComparison.Ordinal)
        + "processing:\n  instance: ml.t3.medium\n";
}

/// <summary>A test that costs money on AWS; skipped unless requested.</summary>
internal sealed class AccountFactAttribute : FactAttribute
{
    public AccountFactAttribute() =>
        Skip =
            Environment.GetEnvironmentVariable("PLUMBLINE_AWS_TEST") == "1"
                ? null
                : "It costs money on AWS: set PLUMBLINE_AWS_TEST=1, and credentials.";
}
