namespace Plumbline.Scenarios.Tests.OnAws.Images;

/// <summary>Tests that share the images, because building them takes a while.</summary>
[CollectionDefinition("images")]
public sealed class ImagesCollection : ICollectionFixture<BuiltImages>;
