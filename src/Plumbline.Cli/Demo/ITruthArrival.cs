namespace Plumbline.Cli.Demo;

/// <summary>The way in which the truths about answered requests become known.</summary>
internal interface ITruthArrival
{
    /// <summary>The truths that arrived so far.</summary>
    DemoLabels Labels { get; }

    /// <summary>Brings the truths about some traffic.</summary>
    /// <param name="phase">The traffic, and how much of it people review.</param>
    /// <param name="answers">The endpoint's answers to it.</param>
    /// <param name="cancellationToken">Ends it before anything is written.</param>
    Task ArriveAsync(DemoPhase phase, DemoAnswers answers, CancellationToken cancellationToken);
}
