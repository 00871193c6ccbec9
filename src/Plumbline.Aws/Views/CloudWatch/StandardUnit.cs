namespace Plumbline.Aws.Views.CloudWatch;

// Written by tools/ApiModels from its views folder.
/// <summary>The values of CloudWatch's StandardUnit.</summary>
public static class StandardUnit
{
    public const string Seconds = "Seconds";
    public const string Microseconds = "Microseconds";
    public const string Milliseconds = "Milliseconds";
    public const string Bytes = "Bytes";
    public const string Kilobytes = "Kilobytes";
    public const string Megabytes = "Megabytes";
    public const string Gigabytes = "Gigabytes";
    public const string Terabytes = "Terabytes";
    public const string Bits = "Bits";
    public const string Kilobits = "Kilobits";
    public const string Megabits = "Megabits";
    public const string Gigabits = "Gigabits";
    public const string Terabits = "Terabits";
    public const string Percent = "Percent";
    public const string Count = "Count";
    public const string BytesSecond = "Bytes/Second";
    public const string KilobytesSecond = "Kilobytes/Second";
    public const string MegabytesSecond = "Megabytes/Second";
    public const string GigabytesSecond = "Gigabytes/Second";
    public const string TerabytesSecond = "Terabytes/Second";
    public const string BitsSecond = "Bits/Second";
    public const string KilobitsSecond = "Kilobits/Second";
    public const string MegabitsSecond = "Megabits/Second";
    public const string GigabitsSecond = "Gigabits/Second";
    public const string TerabitsSecond = "Terabits/Second";
    public const string CountSecond = "Count/Second";
    public const string None = "None";
}
