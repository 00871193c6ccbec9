using System.ComponentModel;

namespace Plumbline.WebConsole.Api;

/// <summary>The truth about one prediction, as a program sends it.</summary>
public sealed record SentTruth(
    [property: Description("The prediction's InferenceId, or the event id that data capture made")] string Key,
    [property: Description("One of the project's labels; in a regression a number, also as a JSON number")] string Label
);

/// <summary>The answer to delivered truths, which are durable then.</summary>
public sealed record TruthReceipt(
    [property: Description("The number of truths that were delivered")] int Truths,
    [property: Description("The key of their object in the project's bucket")] string Delivered,
    [property: Description("False if the same truths were delivered before in this hour")] bool IsNew
);

/// <summary>The answer to a request that delivered nothing.</summary>
public sealed record TruthRefusal(
    [property: Description("The reason, and what to send instead")] string Message,
    [property: Description("The first ten invalid truths")] IReadOnlyList<InvalidTruth> Errors
);

/// <summary>An invalid truth in a request.</summary>
public sealed record InvalidTruth(
    [property: Description("The line of JSON Lines or the item of the array, from 1")] long Line,
    [property: Description("The problem with it")] string Message
);
