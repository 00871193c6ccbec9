using Plumbline.Records.Project;

namespace Plumbline.Records.Data;

/// <summary>The use of a row.</summary>
public enum Side
{
    /// <summary>Models learn from the row.</summary>
    Train,

    /// <summary>Training uses the row to decide when to stop.</summary>
    Validation,

    /// <summary>The row judges models; models never learn from it.</summary>
    Test,
}

/// <summary>The rule that divides the rows.</summary>
/// <param name="Salt">A text that is mixed into the hash.</param>
/// <param name="HoldOut">The share of the test side.</param>
/// <param name="Validation">The share of the validation side.</param>
public sealed record SplitRule(SplitMethod Method, string Salt, double HoldOut, double Validation)
{
    public static SplitRule Of(DataDescription data) => new(data.Split, data.Salt, data.HoldOut, data.Validation);

    /// <summary>
    /// Returns the side of a key under <see cref="SplitMethod.Hash"/>; the same key has the same side in every version.
    /// </summary>
    public Side SideOf(SplitKey key) => new HashSide(this).Of(key);

    /// <summary>The number of rows on a side, of <paramref name="count"/> rows in order of time, oldest first.</summary>
    public int RowsOf(Side side, int count)
    {
        var test = (int)Math.Round(HoldOut * count);
        var held = (int)Math.Round((HoldOut + Validation) * count);
        return side switch
        {
            Side.Train => count - held,
            Side.Validation => held - test,
            _ => test,
        };
    }
}
