namespace Plumbline.LocalCloud.Services.CloudWatch.Alarms;

/// <summary>The watched figure in one period.</summary>
/// <param name="Start">Where the period starts.</param>
/// <param name="Value">The statistic.</param>
/// <param name="SampleCount">Over how many samples.</param>
internal sealed record AlarmDatapoint(DateTimeOffset Start, double Value, double SampleCount);
