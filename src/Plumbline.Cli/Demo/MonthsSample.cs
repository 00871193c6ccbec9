namespace Plumbline.Cli.Demo;

/// <summary>A sample whose world changes all the time: <see cref="MonthsStory"/> plays it month by month.</summary>
internal sealed record MonthsSample : DemoSample
{
    /// <summary>The months after the base data, in the order of time.</summary>
    public required IReadOnlyList<DemoMonth> Months { get; init; }

    /// <summary>The time of the months that count, in words.</summary>
    public required string Counted { get; init; }

    public override DemoSample Only(IReadOnlyList<string> months) =>
        this with
        {
            // The bars are for all months.
            Bars = new Dictionary<string, double>(),
            Months = [.. Months.Where(month => months.Contains(month.Name))],
        };

    public override Task<DemoReport> PlayAsync(DemoActs acts, CancellationToken cancellationToken) =>
        new MonthsStory(this, acts).TellAsync(cancellationToken);
}

/// <summary>The requests of a month.</summary>
/// <param name="Name">Such as <c>2011-10</c>.</param>
/// <param name="Requests">Each is sent once.</param>
/// <param name="Counts">True if the month is part of the figures.</param>
internal sealed record DemoMonth(string Name, IReadOnlyList<DemoRequest> Requests, bool Counts);

/// <summary>A request of several rows.</summary>
/// <param name="Key">Its inference id.</param>
/// <param name="Rows">Rows of a table.</param>
internal sealed record DemoRequest(string Key, IReadOnlyList<DemoExample> Rows);
