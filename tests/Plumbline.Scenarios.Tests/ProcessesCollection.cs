namespace Plumbline.Scenarios.Tests;

/// <summary>Scenarios start many processes, so they run one at a time. They share one run of the demo.</summary>
[CollectionDefinition("processes", DisableParallelization = true)]
public sealed class ProcessesCollection : ICollectionFixture<DemoRun>;
