namespace Plumbline.LocalCloud.Tests.Processes;

/// <summary>Tests that start processes run one after the other, and not beside the rest.</summary>
[CollectionDefinition("processes", DisableParallelization = true)]
public sealed class ProcessesCollection;
