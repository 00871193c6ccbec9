namespace Plumbline.Loop.Costs;

/// <summary>The cost of one part of the loop on AWS.</summary>
/// <param name="What">The part, and for how long: <c>training run, as expected</c>.</param>
/// <param name="Instance">The instance type.</param>
/// <param name="Instances">How many of them, or how many jobs on one each.</param>
/// <param name="Hours">The hours of each instance.</param>
/// <param name="DollarsPerHour">The price of one instance in US dollars; null if it is unknown.</param>
public sealed record CostLine(string What, string Instance, int Instances, double Hours, decimal? DollarsPerHour)
{
    /// <summary>US dollars, to the cent; null, and not zero, if the price is unknown.</summary>
    public decimal? Dollars =>
        DollarsPerHour is { } price
            ? decimal.Round(price * Instances * (decimal)Hours, 2, MidpointRounding.AwayFromZero)
            : null;
}
