namespace Plumbline.Aws.Views;

/// <summary>The error for an answer that lacks a member which AWS always sends.</summary>
internal static class ViewError
{
    public static InvalidDataException Missing(string shape, string member) =>
        new($"The service's {shape} has no {member}: this is not an answer of AWS's API.");
}
