using Plumbline.Aws.Formats.Pipelines;
using Plumbline.Aws.Views.SageMaker;
using Plumbline.Loop.Training;

namespace Plumbline.WebConsole.Pages.Runs;

/// <summary>A step in the picture of an execution.</summary>
/// <param name="Name">The step's name in the definition.</param>
/// <param name="Type">AWS's name of the step's type.</param>
/// <param name="Status">AWS's status; Skipped if the step will not run, Waiting if it has not started yet.</param>
/// <param name="Why">The reason if it was skipped or failed.</param>
/// <param name="Step">The step's run; null if it did not start.</param>
/// <param name="Column">The length of the longest chain of steps before it.</param>
/// <param name="Row">Its place in the column.</param>
/// <param name="Needs">The steps that it waits for directly.</param>
public sealed record GraphNode(
    string Name,
    string Type,
    string Status,
    string? Why,
    ExecutionStep? Step,
    int Column,
    int Row,
    IReadOnlyList<string> Needs
);

/// <summary>An execution as a graph: the definition's steps with the outcome of each.</summary>
public sealed record StepGraph(IReadOnlyList<GraphNode> Nodes)
{
    /// <summary>Places each step one column to the right of the last step that it needs.</summary>
    public static StepGraph Of(PipelineDefinition definition, IReadOnlyList<ExecutionStep> ran, Execution execution)
    {
        var byName = ran.ToDictionary(step => step.Name);
        var columns = new Dictionary<string, int>();
        var before = new Dictionary<string, HashSet<string>>();
        var rows = new Dictionary<int, int>();
        var nodes = new List<GraphNode>();
        foreach (var step in InOrder(definition.Steps.Values))
        {
            var needs = NeedsOf(step);
            var column = needs.Select(need => columns.GetValueOrDefault(need, -1)).DefaultIfEmpty(-1).Max() + 1;
            columns[step.Name] = column;
            before[step.Name] = [.. needs, .. needs.SelectMany(need => before.GetValueOrDefault(need, []))];
            var direct = needs.Where(need =>
                !needs.Any(other => before.GetValueOrDefault(other)?.Contains(need) == true)
            );
            var row = rows.GetValueOrDefault(column);
            rows[column] = row + 1;
            var did = byName.GetValueOrDefault(step.Name);
            var (status, why) = did is null ? Absent(step, byName, execution) : (did.Status, did.FailureReason);
            nodes.Add(new GraphNode(step.Name, step.Type, status, why, did, column, row, [.. direct]));
        }

        return new StepGraph(nodes);
    }

    private static IReadOnlyList<string> NeedsOf(StepDefinition step) =>
        [.. step.Needs.Concat(step.Branch is { } branch ? [branch.Condition] : []).Distinct()];

    /// <summary>The steps sorted so that each follows those that it needs.</summary>
    private static IEnumerable<StepDefinition> InOrder(IEnumerable<StepDefinition> steps)
    {
        var placed = new HashSet<string>();
        var left = steps.ToList();
        while (left.Count > 0)
        {
            var next = left.FindIndex(step =>
                NeedsOf(step).All(need => placed.Contains(need) || left.TrueForAll(one => one.Name != need))
            );
            var step = left[Math.Max(next, 0)];
            left.Remove(step);
            placed.Add(step.Name);
            yield return step;
        }
    }

    private static (string Status, string? Why) Absent(
        StepDefinition step,
        Dictionary<string, ExecutionStep> ran,
        Execution execution
    )
    {
        if (step.Branch is { } branch && ran.GetValueOrDefault(branch.Condition) is { Outcome: { } outcome })
        {
            var taken = string.Equals(outcome, branch.Outcome.ToString(), StringComparison.OrdinalIgnoreCase);
            if (!taken)
            {
                return ("Skipped", $"{branch.Condition} was {outcome.ToLowerInvariant()}: this branch was not taken.");
            }
        }

        if (execution.IsRunning)
        {
            return ("Waiting", null);
        }

        var failed = NeedsOf(step).FirstOrDefault(need => ran.GetValueOrDefault(need)?.Status == StepStatus.Failed);
        return (
            "Skipped",
            failed is not null
                ? $"{failed} failed."
                : $"The execution ended before this step started: {execution.Status}."
        );
    }
}
