namespace Plumbline.XGBoost.Trees;

/// <summary>Where one tree of a flattened forest is.</summary>
/// <param name="Root">Its first node.</param>
/// <param name="Depth">Steps to its deepest leaf.</param>
/// <param name="Group">The class that its leaf is added to.</param>
internal readonly record struct Tree(int Root, int Depth, int Group);
