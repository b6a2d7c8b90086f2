"""Write golden tensors with NumPy and Pillow alone: nothing here is the worker's own code.

picture.jpg carries an EXIF orientation; transparent.png an alpha channel.
Run with numpy and Pillow installed; the files beside this script are its output.
"""

import numpy as np
from PIL import Image, ImageOps



def scene(width, height):
    """Smooth colours with one sharp edge: what a resize may not get wrong."""
    y, x = np.mgrid[0:height, 0:width]
    red = 255 * x / width
    green = 255 * y / height
    blue = np.where(x + y < (width + height) / 2, 40.0, 215.0)
    return np.stack([red, green, blue], axis=-1).astype(np.uint8)


def pixels(image):
    """Upright, over white, as float [height, width, RGB]."""
    image = ImageOps.exif_transpose(image)
    if image.mode == "RGBA":
        white = Image.new("RGBA", image.size, (255, 255, 255, 255))
        image = Image.alpha_composite(white, image)
    return np.asarray(image.convert("RGB"), dtype=np.float64)


def area(values, height, width):
    """Means over whole blocks: the picture's sides are multiples of the input's."""
    h, w, c = values.shape
    return values.reshape(height, h // height, width, w // width, c).mean(axis=(1, 3))


def main():
    exif = Image.Exif()
    exif[0x0112] = 6  # To be turned by 90 degrees, clockwise.
    Image.fromarray(scene(128, 96)).save("picture.jpg", quality=95, subsampling=0, exif=exif)
    alpha = np.dstack([scene(96, 64), np.full((64, 96), 255, np.uint8)])
    alpha[:32, :48, 3] = 0
    alpha[32:, 48:, 3] = 128
    Image.fromarray(alpha, "RGBA").save("transparent.png")

    upright = pixels(Image.open("picture.jpg"))
    small = area(upright, 32, 24)
    imagenet = (small / 255 - [0.485, 0.456, 0.406]) / [0.229, 0.224, 0.225]
    np.save("nchw-rgb-fp32.npy", imagenet.transpose(2, 0, 1)[None].astype(np.float32))
    caffe = small[..., ::-1] - [103.939, 116.779, 123.68]
    np.save("nhwc-bgr-fp16.npy", caffe.astype(np.float16))
    flat = area(pixels(Image.open("transparent.png")), 16, 24)
    np.save("nhwc-rgb-uint8.npy", np.rint(flat).astype(np.uint8))


if __name__ == "__main__":
    main()
