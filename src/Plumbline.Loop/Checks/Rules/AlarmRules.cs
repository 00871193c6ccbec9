using System.Globalization;
using Plumbline.Aws.Views.CloudWatch;
using Plumbline.Loop.Resources;

namespace Plumbline.Loop.Checks.Rules;

/// <summary>CloudWatch's limits for alarms.</summary>
internal static class AlarmRules
{
    private const long Hour = 3_600;
    private const long Day = 86_400;
    private const long Week = 604_800;

    public static IEnumerable<Problem> EvaluationPeriod(CheckSubject subject)
    {
        foreach (var alarm in subject.Resources.Where(one => one.Kind == ResourceKind.Alarm))
        {
            var input = new PutMetricAlarmInput(alarm.Definition);
            long period = input.Period ?? 0;
            var evaluated = period * input.EvaluationPeriods;
            var most = period < Hour ? Day : Week;
            if (evaluated > most)
            {
                yield return Problem.Error(
                    $"alarm {alarm.Name}",
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"Period x EvaluationPeriods is {evaluated:N0} s, and PutMetricAlarm takes at most {most:N0} s "
                            + $"({(period < Hour ? "one day, for periods under an hour" : "seven days")})."
                    )
                );
            }
        }
    }
}
