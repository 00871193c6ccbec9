using System.Globalization;
using Plumbline.Records;

namespace Plumbline.Loop.Retraining;

/// <summary>The dollars that the trainings of a calendar month cost so far, at AWS's on-demand prices.</summary>
/// <param name="Month">The first moment of the month, UTC.</param>
/// <param name="Spent">US dollars for the job seconds of the executions that started in the month.</param>
/// <param name="Trainings">The number of these executions.</param>
/// <param name="Next">The expected dollars of the next training; null if none was finished yet.</param>
/// <param name="Unpriced">Instance types without a known price, whose seconds are not counted.</param>
/// <param name="Budget"><c>retraining.budget</c>; null without one.</param>
public sealed record MonthlySpend(
    DateTimeOffset Month,
    decimal Spent,
    int Trainings,
    decimal? Next,
    IReadOnlyList<string> Unpriced,
    decimal? Budget
)
{
    /// <summary>The dollars that are left; null without a budget.</summary>
    public decimal? Left => Budget is { } budget ? Math.Max(0, budget - Spent) : null;

    /// <summary>True if the next training would cost more than is left.</summary>
    public bool IsExceeded => Left is { } left && (Next is { } next ? next > left : left == 0);

    /// <summary>The reason why the loop must not train by itself; null if it may.</summary>
    public string? Refusal() =>
        Budget is null ? null
        : Unpriced.Count > 0
            ? $"The budget cannot be kept, because the price of {string.Join(", ", Unpriced)} is unknown: write it under `prices` in plumbline.yaml."
        : IsExceeded
            ? $"The budget is used up: {Sentence()}. `plumb retrain` trains all the same, a larger `retraining.budget` allows more, and the next month begins {Month.AddMonths(1).UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}."
        : null;

    /// <summary>The state in words: <c>$3.10 of the budget of $50.00 are spent …</c></summary>
    public string Sentence() =>
        $"{Dollars(Spent)} {(Budget is { } budget ? $"of the budget of {Dollars(budget)} are" : "are")} spent in {Month.UtcDateTime.ToString("yyyy-MM", CultureInfo.InvariantCulture)} by {Plural.Of(Trainings, "training", "trainings")}"
        + (Next is { } next ? $", and the next costs about {Dollars(next)}" : "");

    /// <summary>An amount to the cent; a smaller one with its first digits.</summary>
    public static string Dollars(decimal amount) =>
        amount.ToString(amount is > 0 and < 0.01m ? "$0.#####" : "$#,0.00", CultureInfo.InvariantCulture);
}
