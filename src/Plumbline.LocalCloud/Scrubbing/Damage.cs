namespace Plumbline.LocalCloud.Scrubbing;

/// <summary>Something in a data folder that is not as it was written.</summary>
/// <param name="Kind">database, object, part (of an unfinished upload) or repository.</param>
/// <param name="Name">The file, the object as <c>s3://BUCKET/KEY</c>, or the repository's name.</param>
/// <param name="Version">The object's version id; null where its bucket never had versions, and for all else.</param>
/// <param name="Problem">The difference.</param>
public sealed record Damage(string Kind, string Name, string? Version, string Problem);

/// <summary>The outcome of a scrub.</summary>
/// <param name="Objects">Versions of objects that were read, parts of unfinished uploads among them.</param>
/// <param name="Bytes">Their bytes.</param>
/// <param name="Repositories">Repositories that were checked.</param>
/// <param name="Damaged">All that is damaged; empty where all is well.</param>
public sealed record ScrubReport(long Objects, long Bytes, int Repositories, IReadOnlyList<Damage> Damaged);
