namespace Plumbline.Records.Quality;

/// <summary>The kind of a project's truths, which decides what a good prediction is.</summary>
public enum TaskKind
{
    /// <summary>The truth is one of the project's labels.</summary>
    Classification,

    /// <summary>The truth is a number.</summary>
    Regression,

    /// <summary>The truth is a set of the project's labels.</summary>
    MultiLabel,

    /// <summary>The truth is JSON, and the project's own program gives the loss.</summary>
    Custom,
}

/// <summary>The form of a task's truths.</summary>
public static class TaskKinds
{
    /// <summary>True if truths and answers are JSON; see <see cref="JsonTruths"/>.</summary>
    public static bool IsJson(this TaskKind task) => task is TaskKind.MultiLabel or TaskKind.Custom;

    /// <summary>The name in <c>task</c>.</summary>
    public static string Word(this TaskKind task) =>
        task == TaskKind.MultiLabel ? "multi-label" : task.ToString().ToLowerInvariant();
}
