using Plumbline.Aws.Events;
using Plumbline.Aws.Instances;
using Plumbline.Records;
using Plumbline.Records.Project;

namespace Plumbline.Loop.Costs;

/// <summary>
/// An estimate of the cost of a project's loop on AWS: the instances, which are nearly all of it, and the storage of
/// captures and logs. Other storage, requests, builds and alarms are not included.
/// </summary>
/// <param name="Region">The region of the built-in prices.</param>
/// <param name="PricesOf">The day of the built-in prices.</param>
/// <param name="Lines">The costs of instances.</param>
/// <param name="Spot">True if trainings run on spot instances; their lines have the higher on-demand price.</param>
/// <param name="Storage">The costs of captured requests and of logs.</param>
/// <param name="Unpriced">Instance types without a known price; they are not counted.</param>
public sealed record LoopCost(
    string Region,
    DateOnly PricesOf,
    IReadOnlyList<CostLine> Lines,
    bool Spot,
    IReadOnlyList<StorageLine> Storage,
    IReadOnlyList<string> Unpriced
)
{
    /// <summary>The hours that AWS's own estimates count for a month.</summary>
    public const int HoursAMonth = 730;

    // Prepare, three evaluations, compare.
    private const int JobsOfATraining = 5;

    // A project with code of its own first scores each of the three evaluated models with its handler.
    private const int ScoresOfATraining = 3;

    // A blend and its evaluation.
    private const int JobsOfABlend = 2;

    // The old and the new model, trained at once, with the recipes that are trained beside them.
    private static int Models(ProjectDescription project) => 2 + project.Training.TrainedRecipes().Count;

    private const int MonthsAYear = 12;

    // Both fleets run while the new one starts and bakes, and the old one drains.
    private static readonly TimeSpan StartOfAFleet = TimeSpan.FromMinutes(10);

    /// <summary>An instance type that is large enough for an endpoint with trees.</summary>
    public const string EndpointForTrees = "ml.m5.large";

    /// <param name="project">The project, with its own prices.</param>
    /// <param name="training">The expected duration of a training.</param>
    /// <param name="measurement">The expected duration of a monitoring job.</param>
    /// <param name="requests">The expected requests per day.</param>
    public static LoopCost Of(
        ProjectDescription project,
        TimeSpan training,
        TimeSpan measurement,
        double requests = UsualRequests
    )
    {
        var runs = RunsAMonth(project.Monitor.ScheduleExpression());
        List<CostLine> lines =
        [
            Training(project, "training run, as expected", Shorter(training, project.Training.MaxRuntime)),
            Training(project, "training run, at its limit", project.Training.MaxRuntime),
            Line(
                project,
                "its small jobs, at their limit",
                project.Processing.Instance,
                JobsOfATraining
                    + (project.Training.BringsCode() ? ScoresOfATraining : 0)
                    + (project.Training.Recipes.Count > 0 ? JobsOfABlend : 0),
                project.Processing.MaxRuntime.TotalHours
            ),
            Endpoint(project),
            Update(project),
            Monitoring(
                project,
                "monitoring a month, as expected",
                runs,
                Shorter(measurement, project.Processing.MaxRuntime)
            ),
            Monitoring(project, "monitoring a month, at its limit", runs, project.Processing.MaxRuntime),
        ];
        var unpriced = lines.Where(line => line.DollarsPerHour is null).Select(line => line.Instance).Distinct();
        return new LoopCost(
            "us-east-1",
            InstanceTypes.PricesOf,
            lines,
            project.Training.Spot,
            StorageLine.Of(project, requests),
            [.. unpriced]
        );
    }

    /// <summary>The default for the expected requests per day.</summary>
    public const double UsualRequests = 100_000;

    /// <summary>The endpoint, which runs all the time.</summary>
    public static CostLine Endpoint(ProjectDescription project) =>
        Line(project, "endpoint a month", project.Endpoint.Instance, project.Endpoint.Count, HoursAMonth);

    /// <summary>The second fleet of an update.</summary>
    private static CostLine Update(ProjectDescription project)
    {
        var endpoint = project.Endpoint;
        var steps = endpoint.Routing switch
        {
            TrafficRouting.Canary => 2,
            TrafficRouting.Linear => (int)Math.Ceiling(1 / endpoint.Step),
            _ => 1,
        };
        var hours = (StartOfAFleet + (endpoint.Bake * steps)).TotalHours;
        return Line(project, "an update's second fleet", endpoint.Instance, endpoint.Count, Math.Round(hours, 2));
    }

    private static CostLine Training(ProjectDescription project, string what, TimeSpan time) =>
        Line(project, what, project.Training.Instance, Models(project), time.TotalHours);

    private static CostLine Monitoring(ProjectDescription project, string what, double runs, TimeSpan time) =>
        Line(project, what, project.Processing.Instance, 1, Math.Round(runs * time.TotalHours, 2));

    private static CostLine Line(
        ProjectDescription project,
        string what,
        string instance,
        int instances,
        double hours
    ) =>
        new(
            what,
            instance,
            instances,
            hours,
            project.Prices.TryGetValue(instance, out var own) ? own : InstanceTypes.Find(instance)?.DollarsPerHour
        );

    /// <summary>A job ends at its limit, whatever was expected of it.</summary>
    private static TimeSpan Shorter(TimeSpan expected, TimeSpan limit) => expected < limit ? expected : limit;

    /// <summary>How often a schedule fires in a twelfth of a year, so that a weekly one counts 4.33.</summary>
    private static double RunsAMonth(string schedule)
    {
        var times = Parse(schedule);
        if (times is ScheduleExpression.Rate rate)
        {
            return TimeSpan.FromHours(HoursAMonth) / rate.Interval;
        }

        // A year of 365 days in which Monday, the day of weekly schedules, comes 52 times.
        var start = new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var count = 0;
        for (
            var next = times.Next(start, start.AddTicks(-1));
            next is { } at && at < start.AddYears(1);
            next = times.Next(start, at)
        )
        {
            count++;
        }

        return (double)count / MonthsAYear;
    }

    private static ScheduleExpression Parse(string schedule)
    {
        try
        {
            return ScheduleExpression.Parse(schedule);
        }
        catch (FormatException exception)
        {
            throw new UserError("plumbline.yaml monitor.schedule", exception.Message);
        }
    }
}
