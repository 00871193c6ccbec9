namespace Plumbline.Records.Quality;

/// <summary>The kind of a project's truths, which decides what a good prediction is.</summary>
public enum TaskKind
{
    /// <summary>The truth is one of the project's labels.</summary>
    Classification,

    /// <summary>The truth is a number.</summary>
    Regression,
}
