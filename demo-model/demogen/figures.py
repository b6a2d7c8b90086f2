"""Abstract human figures made of capsules: bare, dressed, or mannequins.

The figures are silhouettes without any detail. How much bare skin a picture
shows is measured by the painter, not assumed from the kind of figure.
"""

import numpy as np

from . import palette
from .painter import Material

FULL, TORSO, LEGS, BACK = "full", "torso", "legs", "back"


class Pose:
    """Joint positions of one figure, in figure coordinates (-1..1)."""

    def __init__(self, rng):
        self.width = rng.uniform(.85, 1.2)
        self.shoulder = .26 * self.width
        self.hip = .2 * self.width * rng.uniform(.9, 1.15)
        lean = rng.uniform(-.06, .06)
        self.neck = (lean, -.62)
        self.head = (lean + rng.uniform(-.04, .04), -.82)
        self.arms = [self._limb(rng, (side * self.shoulder, -.53), side, .3, .28,
                                (.1, 1.5)) for side in (-1, 1)]
        self.legs = [self._limb(rng, (side * self.hip * .55, .1), side, .42, .4,
                                (.02, .35)) for side in (-1, 1)]

    @staticmethod
    def _limb(rng, root, side, upper, lower, spread):
        swing = rng.uniform(*spread)
        joint = (root[0] + side * upper * np.sin(swing),
                 root[1] + upper * np.cos(swing))
        bend = swing + rng.uniform(-.9, .3)
        if rng.uniform() < .15:
            bend = swing + rng.uniform(1.5, 2.4)
        end = (joint[0] + side * lower * np.sin(bend),
               joint[1] + lower * np.cos(bend))
        return root, joint, end


def bare(pen, rng, part):
    """A figure whose skin shows, in swimwear, shorts or a cropped view."""
    pose = Pose(rng)
    tone = palette.skin_tone(rng)
    skin = Material(tone, "plain", rng.uniform(.12, .4), skin=True)
    cloth = Material(palette.cloth(rng), "fabric", .2)
    if part == LEGS:
        _pair_of_legs(pen, rng, skin, cloth)
        return
    _body(pen, pose, skin, skin, skin)
    if part != BACK:
        _face_and_hair(pen, rng, pose, skin)
    else:
        _hair_from_behind(pen, rng, pose)
    _swimwear(pen, rng, pose, cloth)


def dressed(pen, rng):
    """A fully dressed figure: only face and hands are skin."""
    pose = Pose(rng)
    skin = Material(palette.skin_tone(rng), "plain", .25, skin=True)
    top = Material(palette.cloth(rng), "fabric", .25)
    trousers = Material(palette.cloth(rng), "fabric", .25)
    _body(pen, pose, skin, top, trousers)
    _face_and_hair(pen, rng, pose, skin)


def mannequin(pen, rng):
    """A shop dummy in a colour no skin has."""
    pose = Pose(rng)
    colour = (palette.neutral(rng, 45, 225) if rng.uniform() < .5
              else palette.cloth(rng))
    stuff = Material(colour, "plain", rng.uniform(.15, .4))
    _body(pen, pose, stuff, stuff, stuff)
    pen.ellipse(*pose.head, .115, .15, stuff)
    if rng.uniform() < .5:
        _swimwear(pen, rng, pose, Material(palette.cloth(rng), "fabric", .2))


def _body(pen, pose, skin, top, trousers):
    width = pose.width
    for hip, knee, foot in pose.legs:
        pen.capsule(hip, knee, .125 * width, .085 * width, trousers)
        pen.capsule(knee, foot, .085 * width, .05 * width, trousers)
        pen.ellipse(*foot, .06 * width, .05, skin)
    pen.capsule((pose.neck[0], -.72), (pose.neck[0], -.5), .06, .075, skin)
    pen.blob([(-pose.shoulder, -.56), (0, -.6), (pose.shoulder, -.56),
              (pose.shoulder * .85, -.3), (pose.hip * .85, -.12),
              (pose.hip * 1.1, .1), (0, .2), (-pose.hip * 1.1, .1),
              (-pose.hip * .85, -.12), (-pose.shoulder * .85, -.3)], top)
    for shoulder, elbow, hand in pose.arms:
        pen.capsule(shoulder, elbow, .075 * width, .06 * width, top)
        pen.capsule(elbow, hand, .06 * width, .04 * width, top)
        pen.ellipse(*hand, .05 * width, .05 * width, skin)


def _face_and_hair(pen, rng, pose, skin):
    x, y = pose.head
    hair = Material(palette.neutral(rng, 15, 90), "plain", .3)
    if rng.uniform() < .3:
        hair = Material(palette.jitter(rng, (150, 100, 50), 40), "plain", .3)
    pen.ellipse(x, y - .04, .135, .165, hair)
    if rng.uniform() < .4:
        pen.blob([(x - .13, y), (x + .13, y), (x + .16, y + .3),
                  (x - .16, y + .3)], hair)
    pen.capsule((x, y), (pose.neck[0], -.55), .05, .06, skin)
    pen.ellipse(x, y + .02, .105, .135, skin)


def _hair_from_behind(pen, rng, pose):
    x, y = pose.head
    hair = Material(palette.neutral(rng, 15, 110), "plain", .3)
    pen.ellipse(x, y, .13, .16, hair)
    if rng.uniform() < .4:
        pen.blob([(x - .12, y), (x + .12, y), (x + .1, y + .4),
                  (x - .1, y + .4)], hair)


def _swimwear(pen, rng, pose, cloth):
    hip, shoulder = pose.hip * 1.12, pose.shoulder
    style = rng.choice(["shorts", "two-piece", "one-piece"])
    if style == "one-piece":
        pen.blob([(-shoulder * .6, -.5), (0, -.36), (shoulder * .6, -.5),
                  (shoulder * .8, -.25), (hip * .82, -.1), (hip, .08),
                  (0, .22), (-hip, .08), (-hip * .82, -.1),
                  (-shoulder * .8, -.25)], cloth)
        return
    pen.blob([(-hip, 0), (hip, 0), (hip, .12), (0, .23), (-hip, .12)], cloth)
    if style == "shorts":
        for root, knee, _ in pose.legs:
            middle = (np.asarray(root) * .5 + np.asarray(knee) * .5)
            pen.capsule(root, middle, .14 * pose.width, .13 * pose.width, cloth)
    else:
        pen.blob([(-shoulder * .85, -.46), (shoulder * .85, -.46),
                  (shoulder * .8, -.3), (-shoulder * .8, -.3)], cloth)


def _pair_of_legs(pen, rng, skin, cloth):
    for side in (-1, 1):
        hip = (side * rng.uniform(.18, .26), -.75)
        knee = (side * rng.uniform(.16, .4), rng.uniform(-.05, .15))
        foot = (side * rng.uniform(.1, .45), .85)
        pen.capsule(hip, knee, .24, .15, skin)
        pen.capsule(knee, foot, .15, .08, skin)
        pen.capsule(foot, (foot[0] + side * .14, .92), .08, .06, skin)
    pen.rounded(-.46, -1.05, .46, rng.uniform(-.75, -.6), .1, cloth)
