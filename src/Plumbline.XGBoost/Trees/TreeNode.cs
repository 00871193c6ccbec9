using System.Runtime.InteropServices;

namespace Plumbline.XGBoost.Trees;

/// <summary>
/// A node of a flattened tree, eight bytes. Its children lie side by side, <see cref="ToLeft"/> nodes further on. A
/// leaf leads to itself: its feature is the one past the last, which is minus infinity in every row, and
/// <see cref="Threshold"/> is its value.
/// </summary>
[StructLayout(LayoutKind.Sequential, Size = 8)]
internal struct TreeNode
{
    public float Threshold;
    public ushort Feature;
    public ushort ToLeft;
}
