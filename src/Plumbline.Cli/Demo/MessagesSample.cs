using System.Globalization;
using System.Text;
using Plumbline.Records.Examples;

namespace Plumbline.Cli.Demo;

/// <summary>Text messages: spam changes its words, and people correct what the model then takes for ham.</summary>
internal static class MessagesSample
{
    private const int CleanMessages = 300;
    private const int Spam = 140;
    private const int Ham = 360;
    private const int LastSpam = 50;
    private const int LastHam = 130;

    public static DemoSample Create()
    {
        var messages = Messages.Load();
        var later = messages.Later.Skip(CleanMessages).ToLookup(message => message.Kind == Message.Spam);
        // Some parts have more spam than usual: a new kind of it comes in waves.
        IReadOnlyList<Message> Part(int spam, int spamBefore, int ham, int hamBefore) =>
            [.. later[true].Skip(spamBefore).Take(spam), .. later[false].Skip(hamBefore).Take(ham)];
        var measuring = Part(int.MaxValue, Spam + LastSpam, int.MaxValue, Ham + LastHam);
        return new ShiftSample
        {
            Name = Messages.Sample,
            Title = "Text messages",
            Files = Samples.Contents(Messages.Sample, Messages.Sample),
            BaseData = string.Create(CultureInfo.InvariantCulture, $"{messages.Base.Count} messages"),
            Examples = "messages",
            Change = "Spam changes its words",
            Changed = "spam in other words",
            Clean = new DemoPhase([.. messages.Later.Take(CleanMessages).Select(Example)], Uncertain: 0),
            Drifted = new DemoPhase(Changed(Part(Spam, 0, Ham, 0)), Uncertain: 0),
            Healed = new DemoPhase(Changed(Part(LastSpam, Spam, LastHam, Ham)), Uncertain: 0),
            MeasuringClean = [.. measuring.Select(Example)],
            MeasuringDrifted = Changed(measuring),
            Bars = new Dictionary<string, double>
            {
                [ShiftStory.AfterRetrainClean] = 0.85,
                [ShiftStory.AfterRetrainDrifted] = 0.83,
            },
        };
    }

    private static IReadOnlyList<DemoExample> Changed(IReadOnlyList<Message> messages) =>
        [.. messages.Select(message => Example(message.Disguised()))];

    private static DemoExample Example(Message message) =>
        new(Encoding.UTF8.GetBytes(message.Text), ContentTypes.Text, message.Kind);
}
