namespace Plumbline.LocalCloud;

/// <summary>The account and the region of the local cloud.</summary>
public static class LocalCloudIdentity
{
    /// <summary>The account id of every resource here.</summary>
    public const string Account = "000000000000";

    /// <summary>The region of every resource here.</summary>
    public const string Region = "us-east-1";
}
