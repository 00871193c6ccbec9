"""Writes golden.json, what Pillow makes of pictures: python3 golden.py > golden.json (Pillow 9.4, libjpeg-turbo 2.1)."""
import base64
import hashlib
import io
import json
import sys
import tarfile

from PIL import Image, ImageOps


def noise(width, height):
    state, values = 1, bytearray()
    for _ in range(width * height * 3):
        state = (state * 1664525 + 1013904223) % 2**32
        values.append(state >> 24)
    return Image.frombytes("RGB", (width, height), bytes(values))


def digest(image):
    return hashlib.sha256(image.tobytes()).hexdigest()


def soft(width, height):
    return noise(width // 4, height // 4).resize((width, height), Image.Resampling.BICUBIC)


source = noise(53, 37)
resized = []
for name in ["nearest", "box", "bilinear", "bicubic", "lanczos"]:
    for width, height in [(20, 20), (80, 60), (53, 16), (7, 37)]:
        result = source.resize((width, height), Image.Resampling[name.upper()])
        window = result.crop((2, 3, 2 + 5, 3 + 11))
        resized.append({"filter": name, "width": width, "height": height, "all": digest(result), "window": digest(window)})


def encoded(name, image, **options):
    file = io.BytesIO()
    image.save(file, **options)
    upright = ImageOps.exif_transpose(Image.open(file)).convert("RGB")
    return {
        "name": name, "file": base64.b64encode(file.getvalue()).decode(), "width": upright.width,
        "height": upright.height, "rgb": digest(upright), "gray": digest(upright.convert("L")),
    }


small = soft(20, 12)
alpha = small.convert("RGBA")
alpha.putalpha(small.convert("L"))
files = [
    encoded("JPEG 4:2:0", small, format="JPEG", quality=80, subsampling=2),
    encoded("JPEG 4:4:4", small, format="JPEG", quality=90, subsampling=0),
    encoded("progressive JPEG", small, format="JPEG", progressive=True),
    encoded("gray JPEG", small.convert("L"), format="JPEG"),
    encoded("PNG", small, format="PNG"),
    encoded("gray PNG", small.convert("L"), format="PNG"),
    encoded("PNG with a palette", small.quantize(16), format="PNG"),
    encoded("PNG with transparency", alpha, format="PNG"),
]
for turn in range(1, 9):
    exif = Image.Exif()
    exif[0x0112] = turn
    files.append(encoded(f"orientation {turn}", small, format="JPEG", exif=exif))

photos = {}
if len(sys.argv) > 1:
    with tarfile.open(sys.argv[1]) as archive:
        for member in [m for m in archive if m.isfile()][::200]:
            photos[member.name] = digest(Image.open(archive.extractfile(member)).convert("RGB"))
json.dump({"resized": resized, "files": files, "photos": photos}, sys.stdout, indent=1)
