using Plumbline.Aws.Models;

namespace Plumbline.Aws.Protocols.Xml;

/// <summary>Names of elements inside lists and maps; the Query protocol's parameters use the same names.</summary>
internal static class XmlNames
{
    public static string Item(Shape list) => list.Member.LocationName ?? "member";

    public static string Key(Shape map) => map.Key.LocationName ?? "key";

    public static string Value(Shape map) => map.Value.LocationName ?? "value";
}
