namespace Plumbline.LocalCloud.Scrubbing;

/// <summary>An item of a data folder that differs from what was written.</summary>
/// <param name="Kind">database, object, part (of an unfinished upload) or repository.</param>
/// <param name="Name">The file, the object as <c>s3://BUCKET/KEY</c>, or the repository's name.</param>
/// <param name="Version">The object's version id; null for other items, and if its bucket never had versions.</param>
/// <param name="Problem">The difference.</param>
public sealed record Damage(string Kind, string Name, string? Version, string Problem);

/// <summary>The outcome of a scrub.</summary>
/// <param name="Objects">The number of object versions, and of parts of unfinished uploads, that were read.</param>
/// <param name="Bytes">Their total size in bytes.</param>
/// <param name="Repositories">The number of repositories that were checked.</param>
/// <param name="Damaged">All damaged items.</param>
public sealed record ScrubReport(long Objects, long Bytes, int Repositories, IReadOnlyList<Damage> Damaged);
