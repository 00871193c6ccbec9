namespace Plumbline.WebConsole.Tests;

/// <summary>One cloud for all of them: a loop that is trained and served takes a while to come about.</summary>
[CollectionDefinition("console", DisableParallelization = true)]
public sealed class ConsoleCollection : ICollectionFixture<ConsoleCloud>, ICollectionFixture<Browser>;
