namespace Plumbline.WebConsole.Tests;

/// <summary>Shares one cloud, because a trained and deployed loop takes a while to make.</summary>
[CollectionDefinition("console", DisableParallelization = true)]
public sealed class ConsoleCollection : ICollectionFixture<ConsoleCloud>, ICollectionFixture<Browser>;
