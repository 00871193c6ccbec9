namespace Plumbline.Serving.Images;

/// <summary>The filters of Pillow's <c>Image.resize</c>.</summary>
internal enum ResizeFilter
{
    Nearest,
    Box,
    Bilinear,
    Bicubic,
    Lanczos,
}
