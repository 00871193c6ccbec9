namespace Plumbline.Testing;

/// <summary>Tests that start processes run one after the other, and not in parallel with other tests.</summary>
[CollectionDefinition("processes", DisableParallelization = true)]
public sealed class ProcessesCollection;
