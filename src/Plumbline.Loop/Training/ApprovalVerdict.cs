using Plumbline.Pipelines.Values;

namespace Plumbline.Loop.Training;

/// <summary>The verdict on a candidate, as pipeline values.</summary>
/// <param name="Status">PendingManualApproval or Rejected.</param>
/// <param name="Reason">One sentence with figures.</param>
internal sealed record ApprovalVerdict(PipelineValue Status, PipelineValue Reason);
