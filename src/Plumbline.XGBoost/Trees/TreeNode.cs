using System.Runtime.InteropServices;

namespace Plumbline.XGBoost.Trees;

/// <summary>
/// A node of a flat tree, in eight bytes. Its children are neighbours; the left one is <see cref="ToLeft"/> nodes after
/// it. A leaf leads to itself: its feature is an extra last column that is minus infinity in every row, and
/// <see cref="Threshold"/> is its value.
/// </summary>
[StructLayout(LayoutKind.Sequential, Size = 8)]
internal struct TreeNode
{
    public float Threshold;
    public ushort Feature;
    public ushort ToLeft;
}
