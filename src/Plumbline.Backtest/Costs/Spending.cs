namespace Plumbline.Backtest.Costs;

/// <summary>
/// The dollars of the retrainings so far. A budget refuses a training that would exceed it: in each calendar month where
/// the times of the rows are known, else in the whole replay.
/// </summary>
/// <param name="price">The price of trainings.</param>
/// <param name="columns">The features of a row.</param>
/// <param name="budget">US dollars; null without a limit.</param>
internal sealed class Spending(TrainingPrice price, int columns, decimal? budget)
{
    private DateOnly? month;
    private decimal ofMonth;
    private bool hasBegun;

    /// <summary>US dollars; null if the price is unknown.</summary>
    public decimal? Dollars { get; private set; } = price.DollarsPerHour is null ? null : 0;

    /// <summary>The trainings that the budget refused.</summary>
    public int Refused { get; private set; }

    /// <summary>Begins the delivery of labels at a time; null if times are not known.</summary>
    public void Begin(DateTimeOffset? time)
    {
        hasBegun = false;
        if (time?.UtcDateTime is { } at && new DateOnly(at.Year, at.Month, 1) is var current && current != month)
        {
            (month, ofMonth) = (current, 0);
        }
    }

    /// <summary>Pays for a training; false if the budget does not allow it.</summary>
    public bool TryTrain(int rows, int rounds)
    {
        var dollars = price.Training(rows, columns, rounds);
        dollars += hasBegun ? 0 : TrainingPrice.Execution();
        if (ofMonth + dollars > budget)
        {
            Refused++;
            return false;
        }
        ofMonth += dollars ?? 0;
        Dollars += dollars;
        hasBegun = true;
        return true;
    }
}
