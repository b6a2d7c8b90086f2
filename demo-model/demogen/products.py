"""Product shapes. Each one draws in its own coordinates (-1..1, y down)."""

from . import palette
from .painter import Material, ellipse_points
from .patterns import random_pattern


class Look:
    """The materials one product is made of."""

    def __init__(self, rng):
        self.rng = rng
        colour = palette.product(rng)
        texture = str(rng.choice(["plain", "plain", "leather", "fabric", "wood"]))
        pattern = random_pattern(rng) if rng.uniform() < 0.2 else None
        shade = rng.uniform(0.12, 0.4)
        self.main = Material(colour, texture, shade, pattern)
        self.side = Material(palette.scaled(colour, 0.72), texture, shade)
        self.light = Material(palette.scaled(colour, 1.25), texture, shade)
        self.accent = Material(palette.product(rng), "plain", shade)
        self.dark = Material(palette.neutral(rng, 20, 70), "plain", shade)
        self.pale = Material(palette.neutral(rng, 205, 250), "plain", 0.1)
        self.metal = Material(palette.neutral(rng, 140, 215), "plain", 0.55)


def shoe(pen, look):
    pen.blob([(-.9, .1), (-.85, -.45), (-.55, -.5), (-.3, -.2), (.2, .02),
              (.75, .15), (.92, .35), (.6, .45), (-.7, .45)], look.main)
    pen.blob([(-.92, .38), (-.4, .4), (.3, .42), (.95, .36), (.9, .55),
              (.2, .58), (-.85, .58)], look.pale)
    pen.blob([(-.85, -.42), (-.6, -.47), (-.42, -.3), (-.62, -.2)], look.side)
    for step in range(4):
        x = -.3 + .13 * step
        pen.line([(x - .08, -.1 + .06 * step), (x + .07, -.2 + .07 * step)],
                 .035, look.pale)
    pen.blob([(-.6, .25), (-.1, .2), (.3, .1), (-.05, .3)], look.accent)


def boot(pen, look):
    pen.blob([(-.5, -.95), (.1, -.95), (.12, -.1), (.4, .15), (.85, .3),
              (.9, .65), (.2, .72), (-.5, .7), (-.45, 0)], look.main)
    pen.poly([(-.52, .66), (.9, .66), (.9, .82), (.1, .82), (.05, .78),
              (-.1, .95), (-.52, .95)], look.dark)
    pen.line([(-.48, -.75), (.1, -.75)], .06, look.side)


def handbag(pen, look):
    pen.line(ellipse_points(0, -.2, .45, .65, 180, 360), .07, look.side)
    pen.blob([(-.7, -.25), (0, -.3), (.7, -.25), (.85, .7), (0, .78),
              (-.85, .7)], look.main)
    pen.blob([(-.72, -.26), (0, -.3), (.72, -.26), (.6, .2), (0, .3),
              (-.6, .2)], look.light)
    pen.rounded(-.1, .15, .1, .36, .04, look.metal)


def mug(pen, look):
    pen.line(ellipse_points(.55, .05, .32, .38, -100, 100), .12, look.side)
    pen.rounded(-.6, -.6, .55, .7, .14, look.main)
    pen.ellipse(-.025, -.58, .575, .14, look.light)
    pen.ellipse(-.025, -.56, .5, .1, look.dark)


def bottle(pen, look):
    pen.rounded(-.12, -.95, .12, -.7, .03, look.accent)
    pen.blob([(-.1, -.7), (.1, -.7), (.14, -.5), (.34, -.25), (.36, .3),
              (.34, .9), (0, .94), (-.34, .9), (-.36, .3), (-.34, -.25),
              (-.14, -.5)], look.main)
    pen.rounded(-.34, -.05, .34, .55, .02, look.pale)


def t_shirt(pen, look):
    pen.poly([(-.3, -.75), (-.12, -.66), (.12, -.66), (.3, -.75), (.92, -.45),
              (.76, -.08), (.5, -.2), (.52, .85), (-.52, .85), (-.5, -.2),
              (-.76, -.08), (-.92, -.45)], look.main)
    pen.blob([(-.2, -.74), (0, -.7), (.2, -.74), (.08, -.55), (-.08, -.55)],
             look.side)


def dress(pen, look):
    pen.poly([(-.26, -.9), (-.14, -.9), (0, -.68), (.14, -.9), (.26, -.9),
              (.24, -.25), (.62, .9), (-.62, .9), (-.24, -.25)], look.main)
    pen.line([(-.24, -.25), (.24, -.25)], .07, look.accent)


def watch(pen, look):
    pen.rounded(-.22, -.98, .22, .98, .1, look.main)
    pen.ellipse(0, 0, .46, .46, look.metal)
    pen.ellipse(0, 0, .38, .38, look.pale)
    for mark in ellipse_points(0, 0, .32, .32, 0, 330, 12):
        pen.ellipse(*mark, .018, .018, look.dark)
    pen.line([(0, 0), (look.rng.uniform(-.2, .2), -.2)], .03, look.dark)
    pen.line([(0, 0), (.28, look.rng.uniform(-.1, .1))], .02, look.dark)
    pen.rounded(.45, -.06, .54, .06, .02, look.metal)


def phone(pen, look):
    pen.rounded(-.45, -.92, .45, .92, .12, look.dark)
    pen.rounded(-.41, -.87, .41, .87, .09, look.main)
    pen.rounded(-.12, -.84, .12, -.78, .03, look.dark)
    for row in range(4):
        for column in range(3):
            if look.rng.uniform() < 0.6:
                x, y = -.32 + .24 * column, .05 + .19 * row
                pen.rounded(x, y, x + .15, y + .13, .03, look.accent)


def headphones(pen, look):
    pen.line(ellipse_points(0, 0, .68, .75, 180, 360), .12, look.main)
    for side in (-1, 1):
        pen.blob([(side * .55, -.05), (side * .85, 0), (side * .88, .45),
                  (side * .75, .6), (side * .52, .5)], look.side)
        pen.blob([(side * .5, 0), (side * .62, .02), (side * .6, .5),
                  (side * .48, .45)], look.dark)


def sofa(pen, look):
    pen.rounded(-.8, -.5, .8, .3, .15, look.main)
    pen.rounded(-.75, .02, 0, .3, .08, look.light)
    pen.rounded(0, .02, .75, .3, .08, look.light)
    pen.rounded(-.98, -.15, -.72, .5, .1, look.side)
    pen.rounded(.72, -.15, .98, .5, .1, look.side)
    pen.rounded(-.8, .28, .8, .5, .05, look.side)
    for x in (-.85, .8):
        pen.poly([(x, .5), (x + .06, .5), (x + .04, .65), (x + .02, .65)],
                 look.dark)


def chair(pen, look):
    for x in (-.45, .4):
        pen.line([(x, .2), (x * 1.25, .95)], .07, look.side)
        pen.line([(x * .7, .2), (x * .8, .8)], .06, look.dark)
    pen.rounded(-.42, -.9, .42, .05, .14, look.main)
    pen.blob([(-.52, .02), (.52, .02), (.58, .24), (-.58, .24)], look.light)


def lamp(pen, look):
    pen.rounded(-.04, -.2, .04, .85, .02, look.metal)
    pen.ellipse(0, .86, .36, .09, look.side)
    pen.poly([(-.28, -.9), (.28, -.9), (.58, -.15), (-.58, -.15)], look.main)


def box(pen, look):
    pen.poly([(-.75, -.35), (.1, -.1), (.1, .85), (-.75, .5)], look.main)
    pen.poly([(.1, -.1), (.8, -.4), (.8, .45), (.1, .85)], look.side)
    pen.poly([(-.75, -.35), (-.05, -.62), (.8, -.4), (.1, -.1)], look.light)
    pen.poly([(-.38, -.49), (-.28, -.53), (.53, -.28), (.42, -.24)], look.pale)


def jar(pen, look):
    pen.rounded(-.5, -.35, .5, .75, .16, look.main)
    pen.rounded(-.54, -.62, .54, -.3, .06, look.accent)
    pen.rounded(-.5, -.1, .5, .5, .02, look.pale)


def sunglasses(pen, look):
    for side in (-1, 1):
        lens = [(side * .12, -.2), (side * .8, -.26), (side * .82, .1),
                (side * .5, .32), (side * .16, .12)]
        pen.blob(lens, look.main)
        inner = [(x * .88 + side * .055, y * .8) for x, y in lens]
        pen.blob(inner, look.dark)
        pen.line([(side * .82, -.2), (side * .98, -.1)], .06, look.main)
    pen.line([(-.14, -.12), (0, -.17), (.14, -.12)], .06, look.main)


def backpack(pen, look):
    pen.line(ellipse_points(0, -.75, .16, .18, 180, 360), .06, look.dark)
    pen.rounded(-.58, -.8, .58, .85, .3, look.main)
    pen.rounded(-.46, .1, .46, .72, .14, look.side)
    pen.line([(-.44, .2), (.44, .2)], .03, look.metal)
    pen.line([(-.5, -.25), (0, -.4), (.5, -.25)], .03, look.dark)


def book(pen, look):
    pen.poly([(-.55, -.8), (.5, -.85), (.58, .75), (-.5, .82)], look.main)
    pen.poly([(-.62, -.77), (-.55, -.8), (-.5, .82), (-.57, .84)], look.side)
    pen.poly([(-.35, -.5), (.32, -.53), (.35, -.15), (-.33, -.12)], look.accent)


def ball(pen, look):
    pen.ellipse(0, 0, .8, .8, look.main)
    pen.line(ellipse_points(0, 0, .3, .79, 90, 270), .03, look.side)
    pen.line(ellipse_points(0, 0, .3, .79, -90, 90), .03, look.side)
    pen.line([(-.8, 0), (.8, 0)], .03, look.side)


def cutting_board(pen, look):
    colour = palette.jitter(look.rng, palette.SKIN_LOOKALIKES["wood"], 22)
    wood = Material(colour, "wood", .2)
    pen.rounded(-.5, -.5, .5, .9, .16, wood)
    pen.rounded(-.12, -.95, .12, -.4, .1, wood)
    pen.ellipse(0, -.82, .05, .05, look.dark)


def vase(pen, look):
    pen.blob([(-.2, -.9), (.2, -.9), (.16, -.55), (.5, 0), (.42, .6),
              (.2, .88), (-.2, .88), (-.42, .6), (-.5, 0), (-.16, -.55)],
             look.main)
    pen.ellipse(0, -.88, .2, .05, look.dark)


def belt(pen, look):
    pen.line(ellipse_points(0, .1, .75, .45, 20, 340, 64), .17, look.main)
    pen.rounded(.5, -.12, .92, .28, .05, look.metal)
    pen.rounded(.58, -.04, .84, .2, .03, look.side)


def teddy(pen, look):
    for side in (-1, 1):
        pen.ellipse(side * .34, -.82, .15, .15, look.main)
        pen.ellipse(side * .52, .1, .17, .28, look.main)
        pen.ellipse(side * .3, .78, .2, .17, look.side)
    pen.ellipse(0, .3, .48, .52, look.main)
    pen.ellipse(0, -.48, .43, .4, look.main)
    pen.ellipse(0, -.36, .18, .14, look.light)
    for x, y, radius in ((-.16, -.56, .045), (.16, -.56, .045), (0, -.41, .06)):
        pen.ellipse(x, y, radius, radius, look.dark)


def lipstick(pen, look):
    pen.rounded(-.24, .05, .24, .95, .04, look.dark)
    pen.rounded(-.19, -.25, .19, .08, .02, look.metal)
    pen.poly([(-.14, -.25), (-.14, -.7), (.02, -.92), (.14, -.8), (.14, -.25)],
             look.main)


PRODUCTS = {
    "shoe": shoe, "boot": boot, "handbag": handbag, "mug": mug,
    "bottle": bottle, "t-shirt": t_shirt, "dress": dress, "watch": watch,
    "phone": phone, "headphones": headphones, "sofa": sofa, "chair": chair,
    "lamp": lamp, "box": box, "jar": jar, "sunglasses": sunglasses,
    "backpack": backpack, "book": book, "ball": ball,
    "cutting-board": cutting_board, "vase": vase, "belt": belt,
    "teddy": teddy, "lipstick": lipstick,
}


def draw(name, pen, rng):
    """Draw the named product with a soft shadow below it."""
    shadow = pen.frame.place(ellipse_points(.08, .8, .85, .22))
    pen.painter.shadow(shadow, rng.uniform(.15, .5),
                       pen.frame.scale * rng.uniform(.05, .2))
    PRODUCTS[name](pen, Look(rng))
