namespace Plumbline.Tables;

/// <param name="Name">The name in the header of the base data and in requests.</param>
public sealed record Column(string Name, ColumnKind Kind);
