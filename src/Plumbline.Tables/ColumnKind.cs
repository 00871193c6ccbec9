namespace Plumbline.Tables;

/// <summary>The kind of a column's values.</summary>
public enum ColumnKind
{
    /// <summary>A number, as float32.</summary>
    Number,

    /// <summary>One of some names, such as a city. A name that training has not seen counts as missing.</summary>
    Category,

    /// <summary>Words, which are counted without their order.</summary>
    Text,

    /// <summary>A date, or a date with a time of day; without a zone it is UTC.</summary>
    Time,

    /// <summary>true or false, yes or no.</summary>
    Boolean,
}
