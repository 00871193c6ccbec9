namespace Plumbline.Scenarios.Tests.OnAws.Images;

/// <summary>The tests that share the images, which take a while to build.</summary>
[CollectionDefinition("images")]
public sealed class ImagesCollection : ICollectionFixture<BuiltImages>;
