using Plumbline.Aws.Errors;

namespace Plumbline.Loop.Home;

/// <summary>Creates resources that an earlier attempt may have created already.</summary>
internal static class Creation
{
    /// <summary>Calls a create operation; returns false if the resource exists already.</summary>
    /// <param name="createAsync">The call.</param>
    /// <param name="codes">
    /// The error codes with which the operation says that the resource exists; any code without this argument.
    /// </param>
    public static async Task<bool> UnlessThereAsync(Func<Task> createAsync, params string[] codes)
    {
        try
        {
            await createAsync();
            return true;
        }
        catch (AwsException exists)
            when (exists.IsExisting() && (codes.Length == 0 || codes.Contains(exists.Code, StringComparer.Ordinal)))
        {
            return false;
        }
    }
}
