namespace Plumbline.Aws.Models;

/// <summary>The types of AWS's service models.</summary>
public enum ShapeKind
{
    /// <summary>An object with named members.</summary>
    Structure,

    /// <summary>An ordered list of one member shape.</summary>
    List,

    /// <summary>Keys (strings) to values of one shape.</summary>
    Map,

    /// <summary>Text, in UTF-8 on the wire.</summary>
    String,

    /// <summary>A signed integer of 32 bits.</summary>
    Integer,

    /// <summary>A signed integer of 64 bits.</summary>
    Long,

    /// <summary>A 32-bit floating point number.</summary>
    Float,

    /// <summary>A 64-bit floating point number.</summary>
    Double,

    /// <summary>Either true or false.</summary>
    Boolean,

    /// <summary>A moment; in the tree a number of seconds since 1970, to the millisecond.</summary>
    Timestamp,

    /// <summary>Bytes; in the tree base64 text.</summary>
    Blob,

    /// <summary>Any value of JSON.</summary>
    Document,
}
