using Plumbline.Aws.Errors;

namespace Plumbline.Aws.Views;

/// <summary>The error for an answer that lacks a member which AWS always sends.</summary>
internal static class ViewError
{
    public static AwsException Missing(string shape, string member) =>
        new("InvalidResponse", 500, $"The service's {shape} has no {member}: this is not an answer of AWS's API.");
}
