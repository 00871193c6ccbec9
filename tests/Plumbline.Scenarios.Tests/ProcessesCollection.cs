namespace Plumbline.Scenarios.Tests;

/// <summary>Scenarios start many processes: one at a time.</summary>
[CollectionDefinition("processes", DisableParallelization = true)]
public sealed class ProcessesCollection;
