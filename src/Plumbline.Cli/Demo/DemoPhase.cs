namespace Plumbline.Cli.Demo;

/// <summary>Traffic whose truths become known.</summary>
/// <param name="Traffic">The examples, each sent once.</param>
/// <param name="Audit">The most items of the audit list that people review.</param>
/// <param name="Uncertain">The most items of the list of uncertain predictions that they review.</param>
internal sealed record DemoPhase(
    IReadOnlyList<DemoExample> Traffic,
    int Audit = int.MaxValue,
    int Uncertain = int.MaxValue
);
