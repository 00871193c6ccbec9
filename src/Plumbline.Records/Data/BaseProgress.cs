namespace Plumbline.Records.Data;

/// <summary>How far the reading of the base data has come.</summary>
/// <param name="Rows">The number of rows that were read.</param>
/// <param name="File">The number of the current file, from 1.</param>
/// <param name="Files">The number of files.</param>
public sealed record BaseProgress(long Rows, int File, int Files);
