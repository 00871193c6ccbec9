namespace Plumbline.LocalCloud;

/// <summary>Who and where the local cloud is, in AWS's terms.</summary>
public static class LocalCloudIdentity
{
    /// <summary>The account id of every resource here.</summary>
    public const string Account = "000000000000";

    /// <summary>The one region.</summary>
    public const string Region = "us-east-1";
}
