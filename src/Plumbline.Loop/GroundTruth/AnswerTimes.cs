namespace Plumbline.Loop.GroundTruth;

/// <summary>
/// The cloud tells its time to the second, and the later answer wins: answers within one second get a millisecond each, in
/// their order, so that whoever changes their mind at once is taken at their last word.
/// </summary>
internal static class AnswerTimes
{
    private static readonly TimeSpan LongestBurst = TimeSpan.FromMinutes(1);
    private static readonly Lock Gate = new();
    private static DateTimeOffset last;

    /// <summary>The time of the next answer.</summary>
    /// <param name="now">The cloud's time, to the second.</param>
    public static DateTimeOffset Next(DateTimeOffset now)
    {
        lock (Gate)
        {
            // Further ahead is no burst of answers, but another cloud with a clock of its own.
            return last = last >= now && last - now < LongestBurst ? last.AddMilliseconds(1) : now;
        }
    }
}
