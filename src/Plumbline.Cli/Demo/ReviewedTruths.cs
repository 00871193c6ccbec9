namespace Plumbline.Cli.Demo;

/// <summary>People review the lists that a measurement writes: first the audit sample, then uncertain predictions.</summary>
internal sealed class ReviewedTruths(DemoActs acts, Reviewers reviewers) : ITruthArrival
{
    public DemoLabels Labels => new(reviewers.Audit, reviewers.Uncertain, reviewers.Confirmed, reviewers.Corrected);

    public async Task ArriveAsync(DemoPhase phase, DemoAnswers answers, CancellationToken cancellationToken)
    {
        await acts.MonitorAsync(cancellationToken);
        await reviewers.ReviewAuditAsync(phase.Audit, cancellationToken);
        if (phase.Uncertain > 0)
        {
            await reviewers.ReviewUncertainAsync(phase.Uncertain, cancellationToken);
        }
    }
}
