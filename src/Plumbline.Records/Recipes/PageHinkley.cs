namespace Plumbline.Records.Recipes;

/// <summary>
/// The Page-Hinkley test for a rise of the error rate (Page 1954; Mouss et al. 2004): it sums how far each error exceeds
/// the mean so far, and fires when the sum has risen far above its minimum.
/// </summary>
/// <param name="tolerance">A rise of the error rate that does not count.</param>
/// <param name="limit">The rise of the sum, in errors, at which it fires.</param>
public sealed class PageHinkley(double tolerance = 0.005, double limit = 20) : ITrainingTrigger
{
    private const int LeastRows = 30;
    private long rows;
    private double mean;
    private double sum;
    private double least;

    public bool Note(ArrivedLabels labels)
    {
        var fires = false;
        foreach (var right in labels.Right)
        {
            var error = right ? 0 : 1;
            rows++;
            mean += (error - mean) / rows;
            sum += error - mean - tolerance;
            least = Math.Min(least, sum);
            fires |= rows >= LeastRows && sum - least > limit;
        }
        return fires;
    }

    public void Restart(long labelled) => (rows, mean, sum, least) = (0, 0, 0, 0);
}
