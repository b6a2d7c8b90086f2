"""The default policy's thresholds, as the product applies them to scores."""

from dataclasses import dataclass
from typing import Optional


@dataclass(frozen=True)
class Rule:
    """What a label's score leads to; ``block`` is None if it never blocks."""

    category: str
    review: float
    block: Optional[float] = None

    def action(self, score):
        """PASS, REVIEW or BLOCK for one score."""
        if self.block is not None and score >= self.block:
            return "BLOCK"
        return "REVIEW" if score >= self.review else "PASS"


RULES = {
    "promo_text": Rule("overlay.npx", review=0.50),
    "qr_code": Rule("divert.qrcode", review=0.50, block=0.80),
    "watermark": Rule("overlay.watermark", review=0.50),
    "skin_exposure": Rule("adult.suggestive", review=0.50, block=0.90),
}

STRENGTH = ("PASS", "REVIEW", "BLOCK")


def verdict(scores):
    """The strongest action of all labels, and the categories that acted."""
    actions = {label: RULES[label].action(score)
               for label, score in scores.items()}
    strongest = max(actions.values(), key=STRENGTH.index)
    categories = sorted(RULES[label].category
                        for label, action in actions.items() if action != "PASS")
    return strongest, categories
