namespace Plumbline.LocalCloud.State.Objects;

/// <summary>An object's file is missing, or its length or bytes differ from its row.</summary>
internal sealed class DamagedObjectException(StoredObject stored, string problem, Exception? inner = null)
    : IOException(
        $"s3://{stored.Bucket}/{stored.Key}{(stored.Version is null ? "" : $" (version {stored.Version})")} is damaged: its file objects/{stored.File} {problem}. `plumb scrub` finds all damaged objects.",
        inner
    );
