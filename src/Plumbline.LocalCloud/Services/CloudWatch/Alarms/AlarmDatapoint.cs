namespace Plumbline.LocalCloud.Services.CloudWatch.Alarms;

/// <summary>The watched statistic in one period.</summary>
/// <param name="Start">The start of the period.</param>
/// <param name="Value">The value of the statistic.</param>
/// <param name="SampleCount">The number of samples in the period.</param>
internal sealed record AlarmDatapoint(DateTimeOffset Start, double Value, double SampleCount);
