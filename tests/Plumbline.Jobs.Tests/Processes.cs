namespace Plumbline.Jobs.Tests;

/// <summary>Tests that start processes run one after the other.</summary>
[CollectionDefinition("processes", DisableParallelization = true)]
public sealed class Processes;
