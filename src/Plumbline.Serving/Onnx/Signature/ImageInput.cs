using Plumbline.Serving.Images;

namespace Plumbline.Serving.Onnx.Signature;

/// <summary>An input that is a picture: a JPEG or PNG becomes numbers of one shape.</summary>
internal sealed record ImageInput : ModelInput
{
    /// <summary>The width of the picture that the model sees, after the crop.</summary>
    public required int Width { get; init; }

    public required int Height { get; init; }

    /// <summary>True for one channel of brightness, false for red, green and blue.</summary>
    public required bool IsGray { get; init; }

    /// <summary>The length of the shorter side after the resize; null if the resize is to an exact size.</summary>
    public int? Shorter { get; init; }

    /// <summary>Width and height after a resize that does not keep the ratio of the sides.</summary>
    public (int Width, int Height) Exact { get; init; }

    public required ResizeFilter Filter { get; init; }

    /// <summary>A byte times this number, minus the mean, divided by std, is the model's number.</summary>
    public required double Scale { get; init; }

    /// <summary>One number for each channel.</summary>
    public required IReadOnlyList<double> Mean { get; init; }

    public required IReadOnlyList<double> Std { get; init; }

    /// <summary>True for NCHW, false for NHWC.</summary>
    public required bool IsChannelsFirst { get; init; }

    /// <summary>True if the model takes uint8, false if it takes float32.</summary>
    public required bool IsBytes { get; init; }

    public int Channels => IsGray ? 1 : 3;

    public override IReadOnlyList<int> Shape => IsChannelsFirst ? [Channels, Height, Width] : [Height, Width, Channels];

    /// <summary>The size of an image after the resize, by torchvision's rule for the longer side.</summary>
    public (int Width, int Height) SizeOf(int width, int height) =>
        Shorter is not { } side ? Exact
        : width <= height ? (side, Math.Max(side, (int)((long)side * height / width)))
        : (Math.Max(side, (int)((long)side * width / height)), side);
}
