using Plumbline.Serving.Images;
using Plumbline.Tables;
using Plumbline.XGBoost.Inputs;

namespace Plumbline.Serving.Onnx.Signature;

/// <summary>Reads the member <c>input</c> of a signature.</summary>
internal static class InputReader
{
    private const int LongestSide = 4096;
    private const int MostValues = 64 * 1024 * 1024;

    public static ModelInput Read(SignatureSection section, string folder)
    {
        var name = section.OptionalText("name");
        var kind = section.Word("kind", isRequired: true, "image", "tensor", "table", "text");
        ModelInput input = kind switch
        {
            "image" => ReadImage(section),
            "tensor" => ReadTensor(section),
            "text" => new TextInput(section.Lengths("shape", 1) ?? []),
            _ => ReadTable(folder),
        };
        section.End();
        return input with { Name = name };
    }

    private static NumbersInput ReadTensor(SignatureSection section)
    {
        var shape =
            section.Lengths("shape", MostValues)
            ?? throw section.Wrong("shape", "is missing: write the lengths of one example, such as [3, 64]");
        return shape.Length > 0 && shape.Aggregate(1L, (product, length) => product * length) <= MostValues
            ? new NumbersInput(shape, Encoder: null)
            : throw section.Wrong("shape", $"does not have 1 to {MostValues} values");
    }

    private static NumbersInput ReadTable(string folder)
    {
        var file = Path.Combine(folder, TableEncoder.FileName);
        if (!File.Exists(file))
        {
            throw new InputException(
                TableEncoder.FileName,
                "it is missing: an input of kind table needs it beside the model"
            );
        }
        try
        {
            var encoder = TableEncoder.Parse(File.ReadAllBytes(file));
            return new NumbersInput([encoder.Features], encoder);
        }
        catch (SchemaError e)
        {
            throw new InputException(TableEncoder.FileName, e.Message);
        }
    }

    private static ImageInput ReadImage(SignatureSection section)
    {
        var isGray = section.Word("color", isRequired: false, "rgb", "gray") == "gray";
        var isBytes = section.Word("dtype", isRequired: false, "float32", "uint8") == "uint8";
        if (isBytes && ((string[])["scale", "mean", "std"]).FirstOrDefault(section.Has) is { } number)
        {
            throw section.Wrong(number, "does not fit dtype uint8, which takes the bytes as they are: remove it");
        }
        var channels = isGray ? 1 : 3;
        var std = section.Channels("std", channels, 1);
        if (std.Contains(0))
        {
            throw section.Wrong("std", "has a 0, by which nothing can be divided");
        }
        var resize =
            section.OptionalSection("resize")
            ?? throw section.Wrong("resize", "is missing: write {\"exact\": [height, width]}, or shorter with a crop");
        var filter = Enum.Parse<ResizeFilter>(
            resize.Word("filter", isRequired: false, "bilinear", "nearest", "box", "bicubic", "lanczos"),
            ignoreCase: true
        );
        int? shorter = resize.Has("shorter") ? resize.Whole("shorter", 1, LongestSide) : null;
        var exact = shorter is null ? Size(resize, "exact") : default;
        if (shorter is not null && resize.Has("exact"))
        {
            throw resize.Wrong("exact", "does not fit beside shorter: write one of them");
        }
        resize.End();
        var (height, width) = Window(section, shorter, exact);
        return new ImageInput
        {
            Width = width,
            Height = height,
            IsGray = isGray,
            Shorter = shorter,
            Exact = (exact.Width, exact.Height),
            Filter = filter,
            Scale = section.Number("scale", 1 / 255.0),
            Mean = section.Channels("mean", channels, 0),
            Std = std,
            IsChannelsFirst = section.Word("layout", isRequired: false, "NCHW", "NHWC") == "NCHW",
            IsBytes = isBytes,
        };
    }

    /// <summary>The part of the resized picture that the model sees, which a crop must not exceed.</summary>
    private static (int Height, int Width) Window(SignatureSection section, int? shorter, (int Height, int Width) exact)
    {
        if (!section.Has("crop"))
        {
            return shorter is null
                ? exact
                : throw section.Wrong("crop", "is missing: after resize.shorter, write [height, width]");
        }
        var crop = Size(section, "crop");
        var (most, wide) = shorter is { } side ? (side, side) : exact;
        return crop.Height <= most && crop.Width <= wide
            ? crop
            : throw section.Wrong("crop", $"is [{crop.Height}, {crop.Width}], larger than the resized picture");
    }

    private static (int Height, int Width) Size(SignatureSection section, string name) =>
        section.Lengths(name, LongestSide) is [var height, var width]
            ? (height, width)
            : throw section.Wrong(name, "is not a size: write [height, width]");
}
