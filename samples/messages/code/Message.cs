/// <summary>A message to learn from.</summary>
internal sealed class Message
{
    public bool IsSpam { get; set; }

    public string Text { get; set; } = "";

    public float Weight { get; set; } = 1;
}

/// <summary>A message as callers send it: the network must not have inputs for what only training knows.</summary>
internal sealed class Unlabelled
{
    public string Text { get; set; } = "";
}
