namespace Plumbline.XGBoost.Trees;

/// <summary>The place of one tree in a flat forest.</summary>
/// <param name="Root">The index of its root node.</param>
/// <param name="Depth">The number of steps to its deepest leaf.</param>
/// <param name="Group">The class whose margin its leaves are added to.</param>
internal readonly record struct DecisionTree(int Root, int Depth, int Group);
