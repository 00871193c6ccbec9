using Plumbline.Testing;

namespace Plumbline.Scenarios.Tests;

/// <summary>The checker of the demo's calls must be able to fail.</summary>
public sealed class WireCheckerTests
{
    [PythonFact(WireChecker.Needs)]
    public async Task The_checker_finds_the_one_thing_that_is_wrong_in_each_tampered_call_and_nothing_in_the_others()
    {
        using var folder = new TemporaryFolder();
        var file = folder.At("calls.jsonl");
        var calls = TamperedCalls.All.ToList();
        await File.WriteAllLinesAsync(file, calls.Select(one => one.Call.ToJsonString()));

        var run = await WireChecker.RunAsync(file);

        run.ExitCode.ShouldBe(1, run.Output + run.Error);
        var lines = run.Output.Split('\n');
        foreach (var (number, (_, finding)) in calls.Index())
        {
            var found = lines.Where(line => line.StartsWith($"{number + 1}: ", StringComparison.Ordinal)).ToList();
            found.Count.ShouldBe(finding is null ? 0 : 1, $"{finding ?? "nothing"}\n{string.Join('\n', found)}");
            found.ShouldAllBe(line => line.Contains(finding!, StringComparison.Ordinal));
        }
    }
}
